"""Lists on paper: sheets with a number, typed in once; and sheets without a name, never more than were ticked off."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.paper_sheets import sheet_number
from kring.library import CONTENT, fingerprint
from kring.web.answering.door import HAND_IN, answer
from kring.web.answering.tickets import issue
from kring.web.models import (
    AnonymousSubmission,
    Entry,
    GuardianInvitation,
    GuardianList,
    Invitation,
    Membership,
    OpenAnswer,
    OwnInstrument,
    Round,
    Submission,
)
from kring.web.surveys.actions import close_round
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.measurements import PUPIL_LIST, TEACHER_LIST, classmates, list_round, round_of

pytestmark = pytest.mark.django_db
NAMELESS, AT_HOME = "kring-veiligheid", "kring-ouder"
NOW = datetime(2025, 11, 18, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_tuesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def opened(cast: Cast) -> Round:
    """Of Noor and Sem nothing is in yet."""
    return list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaar", silent=2)


@pytest.fixture
def nameless(cast: Cast) -> Round:
    made = round_of(cast.group_6a, NAMELESS, "Veilig?")
    for one in (cast.pupil_noor, cast.pupil_sem):
        Invitation.objects.create(school=cast.beuk, round=made, group=cast.group_6a, pupil=one)
    return made


def send(actor: Membership, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def prints(actor: Membership, found: Round, cast: Cast) -> Any:
    return send(actor, "paper_print", found.pk, cast.group_6a.pk)


def list_of(found: Round, who: str) -> Invitation:
    return Invitation.objects.get(round=found, pupil__admin_key=who)


def typed(found: Round, key: str = "2") -> dict[str, str]:
    return {f"answer-{number}": key for number, item in enumerate(found.offered.items, 1) if not item.is_open}


def test_the_team_prints_and_types_in_and_nobody_else(cast: Cast, opened: Round) -> None:
    keys = [opened.pk, cast.group_6a.pk]
    assert may_look(cast, "paper_lists", *keys) == {"anna", "bram"}
    assert may_look(cast, "paper_list", list_of(opened, "noor").pk) == {"anna", "bram"}
    for actor in (cast.carla, cast.rik, cast.els, cast.frans, cast.noor):
        assert prints(actor, opened, cast).status_code == 404
    answer = prints(cast.anna, opened, cast)
    assert answer.content.startswith(b"%PDF")
    assert set(Invitation.objects.filter(round=opened).values_list("sheet", flat=True)) == {1, 2}
    prints(cast.bram, opened, cast)
    assert set(Invitation.objects.filter(round=opened).values_list("sheet", flat=True)) == {1, 2}
    assert sheet_number(1) in text_of(cast.anna, "paper_lists", *keys)


def test_a_number_leads_to_its_sheet_and_a_slip_to_none(cast: Cast, opened: Round) -> None:
    prints(cast.anna, opened, cast)
    keys, noor = [opened.pk, cast.group_6a.pk], list_of(opened, "noor")
    found = send(cast.anna, "paper_lists", *keys, number=sheet_number(noor.sheet or 0))
    assert found.headers["Location"].endswith(f"/invitations/{noor.pk}/paper/")
    for number in ("012", "0130", "031", "zeven"):
        answer = send(cast.anna, "paper_lists", *keys, number=number)
        assert (answer.status_code, "geen blad met nummer" in answer.content.decode()) == (409, True)


def test_a_sheet_is_typed_in_once(cast: Cast, opened: Round) -> None:
    prints(cast.anna, opened, cast)
    noor, given = list_of(opened, "noor"), typed(opened) | {"answer-1": "-", "answer-2": ""}
    assert "Welk" not in send(cast.anna, "paper_list", noor.pk, **(given | {"answer-3": "9"})).content.decode()
    assert not Submission.objects.exists()
    assert send(cast.anna, "paper_list", noor.pk, **given).status_code == 302
    made = Submission.objects.get()
    assert (made.invitation, made.on_paper, len(made.answers)) == (noor, True, len(opened.offered.items) - 2)
    assert Entry.objects.get(name="paper_list.typed_in").pupil_id == cast.pupil_noor.pk
    again = send(cast.anna, "paper_list", noor.pk, **given)
    assert (again.status_code, "is al binnen" in again.content.decode()) == (409, True)
    number = send(cast.anna, "paper_lists", opened.pk, cast.group_6a.pk, number=sheet_number(noor.sheet or 0))
    assert (number.status_code, "is al binnen" in number.content.decode()) == (409, True)
    empty = send(cast.anna, "paper_list", list_of(opened, "sem").pk)
    assert (empty.status_code, "nog geen antwoord" in empty.content.decode()) == (409, True)


def test_what_is_withdrawn_closed_or_not_begun_is_not_typed_in(cast: Cast, opened: Round) -> None:
    sem = list_of(opened, "sem")
    Invitation.objects.filter(pk=sem.pk).update(withdrawn_at=NOW)
    assert send(cast.anna, "paper_list", sem.pk, **typed(opened)).status_code == 409
    close_round(cast.bram, opened, at=NOW)
    assert send(cast.anna, "paper_list", list_of(opened, "noor").pk, **typed(opened)).status_code == 409
    assert prints(cast.anna, opened, cast).status_code == 409
    assert not Submission.objects.exists()


def test_a_pupils_own_words_are_for_who_typed_them_in(cast: Cast, opened: Round) -> None:
    source = (
        (CONTENT / "instruments" / "kring-leerling-1.yaml").read_text(encoding="utf-8").replace("key: kring-leerling", "key: eigen-lijst")
    )
    source = source.replace("\nitems:\n", "\nitems:\n  zeg:\n    text: Wat wil je nog zeggen?\n    kind: text\n")
    OwnInstrument.objects.create(
        school=cast.beuk,
        key="eigen-lijst",
        version=1,
        title="Eigen",
        source=source,
        fingerprint=fingerprint(source.encode()),
        released_at=NOW,
    )
    Round.objects.filter(pk=opened.pk).update(instrument="eigen-lijst")
    found = Round.objects.get(pk=opened.pk)
    send(cast.anna, "paper_list", list_of(found, "noor").pk, **{"answer-1": "Ik wil vaker tekenen"})
    words = OpenAnswer.objects.get()
    assert (words.text, [one.membership_id for one in words.readers.all()]) == ("Ik wil vaker tekenen", [cast.anna.pk])


def test_the_lists_of_teachers_are_printed_as_one_sheet_and_typed_in_nowhere_else(cast: Cast) -> None:
    found = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], key=TEACHER_LIST, silent=2)
    assert look(cast.anna, "teacher_lists_paper", found.pk, cast.group_6a.pk).content.startswith(b"%PDF")
    for actor in (cast.bram, cast.carla, cast.els, cast.frans):
        assert look(actor, "teacher_lists_paper", found.pk, cast.group_6a.pk).status_code == 404
    assert look(cast.anna, "paper_lists", found.pk, cast.group_6a.pk).status_code == 404
    assert look(cast.anna, "paper_list", list_of(found, "noor").pk).status_code == 404


def test_what_a_guardian_wrote_on_paper(cast: Cast) -> None:
    found = round_of(cast.group_6a, AT_HOME, "Thuis")
    guardian = cast.pupil_noor.guardianships.get(has_authority=True).guardian
    asked = GuardianInvitation.objects.create(
        school=cast.beuk, round=found, group=cast.group_6a, pupil=cast.pupil_noor, guardian=guardian, asked_by=cast.anna, asked_at=NOW
    )
    assert prints(cast.bram, found, cast).content.startswith(b"%PDF")
    assert may_look(cast, "paper_guardian_list", asked.pk) == {"anna", "bram"}
    sheet = sheet_number(GuardianInvitation.objects.get().sheet or 0)
    onward = send(cast.anna, "paper_lists", found.pk, cast.group_6a.pk, number=sheet)
    assert onward.headers["Location"].endswith(f"/guardian-lists/{asked.pk}/paper/")
    assert send(cast.anna, "paper_guardian_list", asked.pk, **typed(found)).status_code == 302
    assert GuardianList.objects.get().on_paper
    assert send(cast.bram, "paper_guardian_list", asked.pk, **typed(found)).status_code == 409


def test_sheets_without_a_name_are_never_more_than_were_ticked_off(cast: Cast, nameless: Round) -> None:
    keys = [nameless.pk, cast.group_6a.pk]
    assert prints(cast.anna, nameless, cast).content.startswith(b"%PDF")
    assert not Invitation.objects.exclude(sheet=None).exists()
    assert may_look(cast, "paper_nameless", *keys) == {"anna", "bram"}
    none = send(cast.anna, "paper_nameless", *keys, **typed(nameless))
    assert (none.status_code, "zoveel lijsten binnen" in none.content.decode()) == (409, True)
    assert send(cast.anna, "paper_tick", *keys, who=[str(list_of(nameless, "noor").pk)]).status_code == 302
    assert send(cast.anna, "paper_nameless", *keys, **typed(nameless)).status_code == 302
    assert send(cast.anna, "paper_nameless", *keys, **typed(nameless)).status_code == 409
    assert AnonymousSubmission.objects.get().group_id == cast.group_6a.pk
    assert {(entry.record, entry.pupil_id) for entry in Entry.objects.filter(name__startswith="paper_")} == {("group", None)}
    for route in ("paper_nameless", "paper_tick"):
        assert send(cast.carla, route, *keys).status_code == 404
        assert send(cast.frans, route, *keys).status_code == 404


def test_a_tick_goes_back_as_long_as_its_sheet_may_still_come(cast: Cast, nameless: Round) -> None:
    keys, noor, sem = [nameless.pk, cast.group_6a.pk], list_of(nameless, "noor"), list_of(nameless, "sem")
    send(cast.anna, "paper_tick", *keys, who=[str(noor.pk), str(sem.pk)])
    assert send(cast.anna, "paper_untick", noor.pk).status_code == 302
    assert list(Invitation.objects.filter(answered=True)) == [sem]
    send(cast.anna, "paper_nameless", *keys, **typed(nameless))
    refused = send(cast.anna, "paper_untick", sem.pk)
    assert (refused.status_code, "blijft het vinkje staan" in refused.content.decode()) == (409, True)
    assert send(cast.carla, "paper_untick", sem.pk).status_code == 404


def test_nobody_answers_twice_by_a_tick_that_is_taken_back(cast: Cast, nameless: Round) -> None:
    keys, noor, sem = [nameless.pk, cast.group_6a.pk], list_of(nameless, "noor"), list_of(nameless, "sem")
    item = nameless.offered.coded[0]
    on_tablet = issue(Invitation.objects.select_related("round").get(pk=noor.pk), at=NOW, until=NOW + timedelta(hours=1)).text
    told = json.dumps({"ticket": on_tablet, "answers": [[1, item.key, item.options[0].code]]}).encode()
    assert answer(HAND_IN, told, at=NOW).status == 200
    send(cast.anna, "paper_tick", *keys, who=[str(sem.pk)])
    assert reverse("paper_untick", args=[cast.anna.pk, noor.pk]) not in text_of(cast.anna, "paper_lists", *keys)
    assert send(cast.anna, "paper_untick", noor.pk).status_code == 409  # her list is in the box
    assert send(cast.anna, "paper_untick", sem.pk).status_code == 302
    send(cast.anna, "paper_tick", *keys, who=[str(sem.pk)])
    send(cast.anna, "paper_nameless", *keys, **typed(nameless))
    assert send(cast.anna, "paper_untick", sem.pk).status_code == 409
    assert set(Invitation.objects.filter(answered=True)) == {noor, sem}


def test_no_sheet_of_another_kind_is_typed_in_there(cast: Cast, opened: Round, nameless: Round) -> None:
    assert look(cast.anna, "paper_list", list_of(nameless, "noor").pk).status_code == 404
    assert look(cast.anna, "paper_nameless", opened.pk, cast.group_6a.pk).status_code == 404
    assert send(cast.anna, "paper_tick", opened.pk, cast.group_6a.pk).status_code == 404
    assert send(cast.anna, "paper_untick", list_of(opened, "noor").pk).status_code == 404


def test_as_many_questions_for_six_pupils_as_for_one(cast: Cast) -> None:
    asked = {}
    for n in (1, 6):
        found = list_round(cast.group_6a, [cast.pupil_noor, *classmates(cast.group_6a, n - 1)], f"Met {n}", key=PUPIL_LIST, silent=n)
        asked[n] = queries_for(cast.anna, "paper_lists", [found.pk, cast.group_6a.pk])
    assert asked[1] == asked[6]
