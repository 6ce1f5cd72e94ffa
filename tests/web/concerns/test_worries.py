"""A worry about a friend: to one person of choice, with a name or with three words, and answered in time."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.urls import reverse

from kring.core.access import Role
from kring.web.concerns.intake import forget_nameless, watch_over_worries
from kring.web.home.intake import pass_on_tasks
from kring.web.models import ConcernMessage, Entry, MadeOnce, Membership, Notice, PeerConcern, Task
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of, member

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, 17, 23, tzinfo=UTC)
TEXT = "Sem eet niet meer en huilt veel qz"


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(MONDAY):
        yield


def tell(cast: Cast, listener: Membership, *, name: str = "own", **more: Any) -> Any:
    told = {"listener": listener.pk, "about": "Sem", "text": TEXT, "name": name, **more}
    return client_of(cast.noor).post(reverse("my_worries", args=[cast.noor.pk]), told)


def post(actor: Membership, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def told_of(hat: Membership) -> list[str]:
    return list(Notice.objects.filter(receiver=hat).order_by("at", "event").values_list("event", flat=True))


def words_of(answer: Any) -> str:
    found = re.search(r"<strong>(\w+ \w+ \w+)</strong>", answer.content.decode())
    assert found is not None
    return found[1]


def test_noor_tells_it_to_one_person_and_her_friend_never_sees_it(cast: Cast) -> None:
    page = text_of(cast.noor, "my_worries")
    assert [said in page for said in ("Anna van de Test", "Bram van de Test", "0800-0432", "Het wordt vandaag gelezen")] == [True] * 4
    assert may_look(cast, "my_worries") == {"noor", "sem"}
    assert tell(cast, cast.anna).status_code == 302
    row = PeerConcern.objects.get()
    assert (row.pupil, row.receiver, row.answer_by_on, row.key_hash) == (cast.pupil_noor, cast.anna, date(2025, 11, 11), "")
    assert may_look(cast, "worry", row.pk) == {"anna"}
    assert "Noor Test" in text_of(cast.anna, "worries")
    assert (TEXT in text_of(cast.noor, "my_worries"), TEXT in text_of(cast.sem, "my_worries")) == (True, False)
    assert "Noor" not in text_of(cast.sem, "home").replace(cast.noor.person.username, "")
    task = Task.objects.get(kind="worry.answer")
    assert (task.owner, task.pupil, told_of(cast.anna), told_of(cast.bram)) == (cast.anna, None, ["worry.told"], [])
    assert Entry.objects.filter(name="worry.told").count() == 1
    text_of(cast.anna, "worry", row.pk)
    assert "vriend" not in text_of(cast.els, "who_looked", cast.pupil_noor.pk)  # nor do guardians read that she told


def test_they_write_to_each_other_until_it_is_rounded_off(cast: Cast) -> None:
    tell(cast, cast.anna)
    row = PeerConcern.objects.get()
    assert post(cast.anna, "worry_answer", row.pk, text="Dank je wel. Ik praat vandaag met Sem.").status_code == 302
    assert "Dank je wel. Ik praat vandaag met Sem." in text_of(cast.noor, "my_worries")
    assert (told_of(cast.noor), Task.objects.get(kind="worry.answer").is_settled) == (["worry.answered"], True)
    assert post(cast.noor, "my_worries", worry=row.pk, text="Fijn.").status_code == 302
    assert post(cast.sem, "my_worries", worry=row.pk, text="Wat?").status_code == 409
    assert list(ConcernMessage.objects.values_list("turn", "is_of_pupil")) == [(1, True), (2, False), (3, True)]
    assert post(cast.anna, "worry_answer", row.pk, text=" ").status_code == 409
    assert post(cast.bram, "worry_answer", row.pk, text="Ik ook.").status_code == 404
    assert post(cast.anna, "worry_end", row.pk).status_code == 302
    assert post(cast.anna, "worry_end", row.pk).status_code == 409
    late = post(cast.anna, "worry_answer", row.pk, text="Nog iets.")
    assert (late.status_code, "Nog iets." in late.content.decode()) == (409, True)
    assert "Dit is afgerond" in text_of(cast.noor, "my_worries")


def test_without_a_name_nothing_leads_to_her(cast: Cast) -> None:
    words = words_of(tell(cast, cast.anna, name="nameless"))
    row = PeerConcern.objects.get()
    assert (row.pupil, words in row.key_hash, len(row.key_hash)) == (None, False, 64)
    midnight = datetime(2025, 11, 9, 23, tzinfo=UTC)
    assert (row.asked_at, row.messages.get().sent_at, Notice.objects.get().at, Task.objects.get().made_at) == (midnight,) * 4
    assert not Entry.objects.filter(person_id=cast.noor.person_id).exists()  # no event, no reading: nothing of her at all
    page = text_of(cast.anna, "worry", row.pk)
    assert (TEXT in page, "Noor" in page, "Een leerling maakt zich zorgen" in page) == (True, False, True)
    assert post(cast.anna, "worry_answer", row.pk, text="Dank je wel, ik kijk naar Sem.").status_code == 302
    assert told_of(cast.noor) == []
    assert TEXT not in text_of(cast.noor, "my_worries")


def test_three_words_are_the_way_back_for_who_has_them(cast: Cast) -> None:
    words = words_of(tell(cast, cast.anna, name="nameless"))
    row = PeerConcern.objects.get()
    post(cast.anna, "worry_answer", row.pk, text="Ik kijk naar Sem.")
    page = post(cast.noor, "worry_words", words=f" {words.upper()} ").content.decode()
    assert (TEXT in page, "Ik kijk naar Sem." in page) == (True, True)
    assert post(cast.noor, "worry_words", words=words, text="Dank u.").status_code == 200
    assert [turn.text for turn in row.messages.all()] == [TEXT, "Ik kijk naar Sem.", "Dank u."]
    assert post(cast.noor, "worry_words", words=words, text="").status_code == 409
    assert not Entry.objects.filter(person_id=cast.noor.person_id).exists()
    assert may_look(cast, "worry_words") == {"noor", "sem"}
    for _try in range(10):
        assert "er niets gevonden" in post(cast.sem, "worry_words", words="aap boom vis").content.decode()
    assert "over een uur" in post(cast.sem, "worry_words", words=words).content.decode()
    assert post(cast.noor, "worry_words", words=words).status_code == 200
    assert not [one for one in AccessAttempt.objects.all() if str(cast.sem.pk) in one.username]  # who typed words, told something once


def test_who_presses_twice_tells_it_once_and_reads_the_same_words(cast: Cast) -> None:
    """And that the form was sent stands nowhere."""
    first, again = (words_of(tell(cast, cast.anna, name="nameless", once="a")) for _press in range(2))
    assert (first == again, PeerConcern.objects.count(), MadeOnce.objects.count()) == (True, 1, 0)
    another = words_of(tell(cast, cast.anna, name="nameless", once="a", text="Sem durft niet naar huis."))
    anew = words_of(tell(cast, cast.anna, name="nameless", once="b"))
    assert (len({first, another, anew}), PeerConcern.objects.count()) == (3, 3)
    named = [tell(cast, cast.anna, once="a").status_code for _press in range(2)]
    assert (named, PeerConcern.objects.count(), MadeOnce.objects.count()) == ([302, 302], 4, 1)


def test_words_that_belong_to_another_worry_are_not_given_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["aap boom vis", "aap boom vis", "aap boom zon"])
    monkeypatch.setattr("kring.core.worries.new_words", lambda _choose: next(drawn))
    given = [words_of(tell(cast, cast.anna, name="nameless", text=f"Sem huilt {day}.")) for day in ("vaak", "elke dag")]
    assert (given, PeerConcern.objects.count()) == (["aap boom vis", "aap boom zon"], 2)


def test_of_another_school_the_words_open_nothing(cast: Cast) -> None:
    words = words_of(tell(cast, cast.anna, name="nameless"))
    elsewhere = member(cast.eik, Role.PUPIL, "fien")
    assert post(elsewhere, "worry_words", words=words).status_code == 409


def test_a_stranger_cannot_be_chosen_and_what_was_typed_stays(cast: Cast) -> None:
    for stranger in (cast.rik, cast.carla, cast.frans):
        answer = tell(cast, stranger)
        assert (answer.status_code, TEXT in answer.content.decode()) == (409, True)
    assert tell(cast, cast.anna, text=".", name="nameless").status_code == 409
    assert not PeerConcern.objects.exists()


def test_who_waits_too_long_is_told_of_without_saying_who(cast: Cast) -> None:
    tell(cast, cast.anna)
    watch_over_worries(at=MONDAY + timedelta(hours=1))
    assert told_of(cast.anna) == ["worry.told"]
    for _turn in range(2):
        watch_over_worries(at=MONDAY + timedelta(days=1))
        watch_over_worries(at=MONDAY + timedelta(days=2))
    assert (told_of(cast.anna), told_of(cast.bram)) == (["worry.told", "worry.still_waits"], ["worry.waits_too_long"])
    with time_machine.travel(MONDAY + timedelta(days=2)):
        page = text_of(cast.bram, "worries")
        assert ("bij Anna van de Test, beloofd voor dinsdag 11 november" in page, "Noor" in page) == (True, False)
        assert "Iemand anders van school weet nu" in text_of(cast.noor, "my_worries")


def leaves(hat: Membership) -> None:
    hat.until_at = MONDAY + timedelta(minutes=1)
    hat.save()


def test_who_works_here_no_longer_leaves_nobody_waiting(cast: Cast) -> None:
    words = words_of(tell(cast, cast.bram, name="nameless"))
    vic = member(cast.beuk, Role.CONFIDENTIAL_CONTACT, "vic")
    leaves(cast.bram)
    for minutes in (5, 6):
        pass_on_tasks(at=MONDAY + timedelta(minutes=minutes))
        watch_over_worries(at=MONDAY + timedelta(minutes=minutes))
    row = PeerConcern.objects.get()
    assert (row.receiver, row.pupil, told_of(vic), told_of(cast.noor)) == (vic, None, ["worry.handed_on"], [])
    assert Task.objects.get(kind="worry.answer", done_at=None, dropped_at=None).owner == vic
    with time_machine.travel(MONDAY + timedelta(minutes=7)):
        page, why = text_of(vic, "worry", row.pk), "werkt hier niet meer. Daarom leest nu iemand anders van school dit: Vic van de Test"
        assert (TEXT in page, why in page, "De school" in page) == (True, True, True)
        of_noor = post(cast.noor, "worry_words", words=words).content.decode()
        assert (why in of_noor, "Vic van de Test leest nu wat jij vertelde" in of_noor) == (True, True)
        assert post(vic, "worry_answer", row.pk, text="Ik lees het nu, dank je wel.").status_code == 302
    assert not Task.objects.filter(kind="worry.answer", done_at=None, dropped_at=None).exists()


def test_what_a_coordinator_gets_of_who_left_says_who_wrote_what_and_the_pupil_hears_it(cast: Cast) -> None:
    tell(cast, cast.anna)
    row = PeerConcern.objects.get()
    post(cast.anna, "worry_answer", row.pk, text="Ik praat met Sem.")
    leaves(cast.anna)
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        watch_over_worries(at=MONDAY + timedelta(hours=1))
        page = text_of(cast.noor, "my_worries")
        assert [said in page for said in ("Anna van de Test ·", "Bram van de Test leest nu wat jij vertelde")] == [True, True]
        assert post(cast.noor, "my_worries", worry=row.pk, text="Fijn.").status_code == 302
    assert told_of(cast.noor) == ["worry.answered", "worry.read_by_another"]
    assert told_of(cast.bram) == ["worry.handed_on", "worry.went_on"]
    assert not Task.objects.filter(owner=cast.bram, kind="worry.answer").exists()  # it was answered; nothing new is promised


def test_where_nobody_is_left_it_waits_and_another_hat_of_the_same_person_comes_first(cast: Cast) -> None:
    tell(cast, cast.bram)
    row = PeerConcern.objects.get()
    leaves(cast.bram)
    watch_over_worries(at=MONDAY + timedelta(minutes=5))
    row.refresh_from_db()
    assert row.receiver == cast.bram
    member(cast.beuk, Role.COORDINATOR, "cora")
    teaches = Membership.objects.create(school=cast.beuk, person=cast.bram.person, role=Role.TEACHER.value, from_at=MONDAY)
    watch_over_worries(at=MONDAY + timedelta(minutes=6))
    row.refresh_from_db()
    assert row.receiver == teaches


def test_who_left_already_cannot_be_chosen_and_what_was_typed_stays(cast: Cast) -> None:
    leaves(cast.bram)
    with time_machine.travel(MONDAY + timedelta(minutes=2)):
        answer = tell(cast, cast.bram)
    assert (answer.status_code, TEXT in answer.content.decode(), "Bram van de Test" in answer.content.decode()) == (409, True, False)


def test_what_was_told_without_a_name_goes_after_a_year(cast: Cast) -> None:
    tell(cast, cast.anna)
    tell(cast, cast.anna, name="nameless")
    forget_nameless(at=MONDAY + timedelta(days=364))
    assert PeerConcern.objects.count() == 2
    forget_nameless(at=MONDAY + timedelta(days=366))
    assert PeerConcern.objects.get().pupil == cast.pupil_noor  # with a name it is in the pupil's file


def test_three_worries_ask_as_much_of_the_database_as_one(cast: Cast) -> None:
    tell(cast, cast.anna)
    for_one, of_noor = queries_for(cast.anna, "worries"), queries_for(cast.noor, "my_worries")
    tell(cast, cast.anna)
    tell(cast, cast.anna, name="nameless")
    assert (queries_for(cast.anna, "worries"), queries_for(cast.noor, "my_worries")) == (for_one, of_noor)
