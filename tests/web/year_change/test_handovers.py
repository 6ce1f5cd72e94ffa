"""The warm handover: the family reads it first, only what they agreed to reaches the next teacher, at the minute and not for ever."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from time_machine import travel

from kring.core.access import Role, Verb
from kring.web.access import may
from kring.web.models import (
    Enrolment,
    Guardianship,
    Handover,
    HandoverAnswer,
    Holiday,
    Membership,
    Notice,
    Pupil,
    SchoolYear,
    Task,
    YearChange,
)
from kring.web.year_change.actions import Wanted, begin_year_change, change_groups, set_year_change, take_back
from kring.web.year_change.intake import forget_handovers
from kring.web.year_change.stored import plan_of
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, guardian, member, pupil

NOW = datetime(2026, 6, 20, 10, tzinfo=UTC)
MINUTE = datetime(2026, 7, 31, 22, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)
TEXTS = {"works": "Eerst voordoen.", "watch": "Kijkt weg als het druk is.", "wish": "Zit graag vooraan."}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def change(cast: Cast) -> YearChange:
    """Carla gets 7A, the class of Anna; set for the first of August."""
    coming = SchoolYear.objects.create(school=cast.beuk, label="2026-2027", starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31))
    made = begin_year_change(cast.bram, cast.year, coming, at=NOW)
    groups = [
        one if one.name != "7A" else type(one)(one.key, one.name, one.levels, (str(cast.carla.pk),)) for one in plan_of(made.plan).groups
    ]
    change_groups(cast.bram, made, groups, read=1, at=NOW)
    return made


def send(actor: Membership, route: str, *keys: object, **data: object) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def written(cast: Cast, of: Pupil | None = None, **texts: str) -> Handover:
    about = of or cast.pupil_noor
    assert send(cast.anna, "handover_write", about.pk, read=0, **(texts or TEXTS)).status_code == 302
    return Handover.objects.get(pupil=about)


def shown(cast: Cast, **texts: str) -> Handover:
    row = written(cast, None, **texts)
    assert send(cast.anna, "handover_show", row.pk).status_code == 302
    return row


def answer(actor: Membership, row: Handover, *, works: str = "agreed", watch: str = "agreed", wish: str = "agreed", **more: object) -> Any:
    return send(actor, "handover_answer", row.pk, **{"read": row.version, "works": works, "watch": watch, "wish": wish, **more})


def set_it(cast: Cast, change: YearChange) -> None:
    change.refresh_from_db()
    set_year_change(cast.bram, change, Wanted(MINUTE, change.version), at=NOW)


def readable(actor: Membership, row: Handover, at: datetime) -> bool:
    return may(actor, Handover, Verb.READ, at=at).filter(pk=row.pk).exists()


def test_only_what_the_family_agreed_to_reaches_the_next_teacher_at_the_minute(cast: Cast, change: YearChange) -> None:
    row = shown(cast)
    assert answer(cast.els, row, watch="refused").status_code == 302
    set_it(cast, change)
    assert readable(cast.anna, row, MINUTE - A_MOMENT)
    assert not readable(cast.carla, row, MINUTE - A_MOMENT)
    assert not readable(cast.anna, row, MINUTE)
    assert readable(cast.carla, row, MINUTE)
    with travel(MINUTE - timedelta(seconds=1), tick=False):
        assert look(cast.carla, "pupil_handover", cast.pupil_noor.pk).status_code == 404
    with travel(MINUTE, tick=False):
        for page in (text_of(cast.carla, "home"), text_of(cast.carla, "pupil_handover", cast.pupil_noor.pk)):
            assert TEXTS["works"] in page
            assert TEXTS["wish"] in page
            assert TEXTS["watch"] not in page
        assert look(cast.anna, "pupil_handover", cast.pupil_noor.pk).status_code == 404
        assert TEXTS["works"] not in text_of(cast.anna, "home")


def test_nobody_else_sees_it(cast: Cast, change: YearChange) -> None:
    row = shown(cast)
    assert may_look(cast, "pupil_handover", cast.pupil_noor.pk) == {"anna", "bram"}
    assert TEXTS["works"] in text_of(cast.els, "handovers_asked")
    for other in (cast.pim, cast.noor, cast.sem):  # without authority; nine years old and spoken to in a talk; another child
        assert TEXTS["works"] not in text_of(other, "handovers_asked")
        assert send(other, "handover_answer", row.pk, read=1, works="agreed").status_code == 404


def test_before_it_is_shown_only_the_team_reads_it(cast: Cast, change: YearChange) -> None:
    row = written(cast)
    assert TEXTS["works"] not in text_of(cast.els, "handovers_asked")
    assert answer(cast.els, row).status_code == 404
    set_it(cast, change)
    assert not readable(cast.carla, row, MINUTE)


def test_what_nobody_agreed_to_stays_behind(cast: Cast, change: YearChange) -> None:
    row = shown(cast)
    set_it(cast, change)
    assert not readable(cast.carla, row, MINUTE)
    assert not readable(cast.anna, row, MINUTE)
    with travel(MINUTE + timedelta(days=2), tick=False):
        assert answer(cast.els, row).status_code == 302  # late is not too late
        assert TEXTS["works"] in text_of(cast.carla, "home")


def test_one_guardian_does_not_learn_what_the_other_said_and_a_no_holds_it_back(cast: Cast, change: YearChange) -> None:
    ed = member(cast.beuk, Role.GUARDIAN, "ed")
    guardian(cast.pupil_noor, ed, has_authority=True)
    row = shown(cast)
    assert answer(cast.els, row, works="change", remark="Liever zonder dit woord").status_code == 302
    assert answer(ed, row).status_code == 302
    assert "Liever zonder" not in text_of(ed, "handovers_asked")
    assert "Liever zonder" in text_of(cast.anna, "pupil_handover", cast.pupil_noor.pk)
    assert "andere woorden" in text_of(cast.anna, "home")
    set_it(cast, change)
    with travel(MINUTE, tick=False):
        page = text_of(cast.carla, "home")
        assert TEXTS["wish"] in page
        assert TEXTS["works"] not in page
        assert "Liever zonder" not in text_of(cast.carla, "pupil_handover", cast.pupil_noor.pk)


def test_a_change_of_words_says_which(cast: Cast) -> None:
    row = shown(cast)
    refused = answer(cast.els, row, works="change")
    assert refused.status_code == 409
    assert "Schrijf erbij" in refused.content.decode()
    assert answer(cast.els, row, works="").status_code == 200
    assert not HandoverAnswer.objects.exists()


def test_a_new_text_must_be_read_anew(cast: Cast, change: YearChange) -> None:
    row = shown(cast)
    answer(cast.els, row)
    assert send(cast.anna, "handover_write", cast.pupil_noor.pk, read=1, works="Andere woorden.").status_code == 302
    row.refresh_from_db()
    assert row.shown_at is None
    set_it(cast, change)
    assert not readable(cast.carla, row, MINUTE)


def test_two_who_write_at_once(cast: Cast) -> None:
    written(cast)
    second = send(cast.bram, "handover_write", cast.pupil_noor.pk, read=0, works="Van Bram.")
    assert second.status_code == 409
    page = second.content.decode()
    assert "Van Bram." in page
    assert TEXTS["works"] in page
    assert 'name="read" value="1"' in page


def test_an_empty_one_is_refused(cast: Cast) -> None:
    refused = send(cast.anna, "handover_write", cast.pupil_noor.pk, read=0, works=" ")
    assert refused.status_code == 409
    assert "minstens één" in refused.content.decode()


def test_a_talk_is_written_down_with_who_and_when(cast: Cast, change: YearChange) -> None:
    row = written(cast, works=TEXTS["works"])
    assert TEXTS["works"] in text_of(cast.anna, "handover_talk", row.pk)
    els = Guardianship.objects.get(guardian__person=cast.els.person).guardian
    said = {"read": 1, "who": str(els.pk), "talked_on": "2026-06-19", "works": "agreed", "remark": ""}
    assert send(cast.anna, "handover_talk", row.pk, **{**said, "talked_on": "2026-06-21"}).status_code == 409
    assert send(cast.anna, "handover_talk", row.pk, **said).status_code == 302
    made = HandoverAnswer.objects.get()
    assert (made.guardian, made.recorded_by, made.talked_on) == (els, cast.anna, date(2026, 6, 19))
    assert "in een gesprek op" in text_of(cast.bram, "pupil_handover", cast.pupil_noor.pk)
    set_it(cast, change)
    assert readable(cast.carla, row, MINUTE)


def test_a_guardian_without_authority_cannot_be_recorded(cast: Cast) -> None:
    row = written(cast)
    pim = Guardianship.objects.get(guardian__person=cast.pim.person).guardian
    refused = send(
        cast.anna, "handover_talk", row.pk, read=1, who=str(pim.pk), talked_on="2026-06-19", works="agreed", watch="agreed", wish="agreed"
    )
    assert refused.status_code == 200  # no choice of this form
    assert not HandoverAnswer.objects.exists()


def test_from_twelve_the_pupil_reads_it_too(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=date(2014, 6, 20))
    row = shown(cast)
    assert TEXTS["works"] in text_of(cast.noor, "handovers_asked")
    assert answer(cast.noor, row, watch="refused").status_code == 302
    assert answer(cast.els, row).status_code == 302
    assert "wordt nu niet doorgegeven" in text_of(cast.els, "handovers_asked")


def test_it_is_gone_after_the_autumn_holiday_unless_it_is_kept(cast: Cast, change: YearChange) -> None:
    Holiday.objects.create(
        school=cast.beuk, year=change.to_year, kind="vacation", name="Herfst", first_on=date(2026, 10, 17), last_on=date(2026, 10, 25)
    )
    row, sem = shown(cast), written(cast, cast.pupil_sem, works="Van Sem.")
    send(cast.anna, "handover_talk", sem.pk, read=1, who="pupil", talked_on="2026-06-19", works="agreed", remark="")
    answer(cast.els, row)
    set_it(cast, change)
    gone = datetime(2026, 10, 25, 23, tzinfo=UTC)  # the clock went back that night
    with travel(MINUTE + timedelta(days=30), tick=False):
        assert send(cast.bram, "handover_keep", row.pk).status_code == 404
        assert send(cast.carla, "handover_keep", row.pk).status_code == 302
        assert "31 juli 2027" in text_of(cast.carla, "home")
    assert readable(cast.carla, sem, gone - A_MOMENT)
    assert not readable(cast.carla, sem, gone)
    assert readable(cast.carla, row, gone)
    forget_handovers(at=gone)
    assert list(Handover.objects.all()) == [row]


def test_what_was_passed_on_is_not_rewritten_or_kept_early(cast: Cast, change: YearChange) -> None:
    row = shown(cast)
    answer(cast.els, row)
    set_it(cast, change)
    assert send(cast.anna, "handover_keep", row.pk).status_code == 409
    with travel(MINUTE, tick=False):
        assert send(cast.carla, "handover_show", row.pk).status_code == 409
        assert (
            send(cast.carla, "handover_write", cast.pupil_noor.pk, read=0, works="Van Carla.").status_code == 302
        )  # her own, of the new year
        assert Handover.objects.filter(pupil=cast.pupil_noor).count() == 2
        assert TEXTS["works"] in text_of(cast.carla, "home")


def test_taking_the_change_back_holds_it_back(cast: Cast, change: YearChange) -> None:
    row = shown(cast)
    answer(cast.els, row)
    set_it(cast, change)
    take_back(cast.bram, change, at=NOW)
    row.refresh_from_db()
    assert (row.passes_at, row.until_at) == (None, None)
    set_it(cast, change)
    assert readable(cast.carla, row, MINUTE)


def test_the_coordinator_counts_and_reminds(cast: Cast) -> None:
    shown(cast)
    page = text_of(cast.bram, "handovers")
    assert "Geschreven: 1 van 2. Mag door: 0." in page
    assert send(cast.bram, "handovers_remind", cast.group_6a.pk).status_code == 302
    assert send(cast.bram, "handovers_remind", cast.group_6a.pk).status_code == 302
    assert Task.objects.get().owner == cast.anna
    assert send(cast.anna, "handovers_remind", cast.group_6a.pk).status_code == 404
    assert "warme overdracht van" in text_of(cast.anna, "tasks")


def test_as_many_questions_for_many_as_for_few(cast: Cast) -> None:
    written(cast)
    before = [queries_for(actor, "handovers") for actor in (cast.anna, cast.bram)]
    for number in range(3):
        written(cast, pupil(cast.group_6a, f"Kind{number}", 6))
    assert [queries_for(actor, "handovers") for actor in (cast.anna, cast.bram)] == before


def test_a_teacher_without_a_group_reads_what_will_be_here(cast: Cast) -> None:
    newcomer = member(cast.beuk, Role.TEACHER, "nieuw")
    assert "U hebt nu geen groep" in text_of(newcomer, "handovers")


def test_nobody_says_yes_to_words_that_came_meanwhile(cast: Cast) -> None:
    row = shown(cast)
    assert send(cast.anna, "handover_write", cast.pupil_noor.pk, read=1, works="Heel andere woorden.").status_code == 302
    assert send(cast.anna, "handover_show", row.pk).status_code == 302
    late = answer(cast.els, row)  # of the page that she had open
    assert late.status_code == 409
    assert "Heel andere woorden." in late.content.decode()
    assert 'name="read" value="2"' in late.content.decode()
    talked = {"read": 1, "who": "pupil", "talked_on": "2026-06-19", "works": "agreed", "remark": ""}
    assert send(cast.anna, "handover_talk", row.pk, **talked).status_code == 409
    assert not HandoverAnswer.objects.exists()
    row.refresh_from_db()
    assert answer(cast.els, row).status_code == 302


@pytest.mark.parametrize(("born_on", "who_decides"), [(date(2010, 6, 21), "els"), (date(2010, 6, 20), "noor")])
def test_from_sixteen_the_pupil_decides_and_before_that_a_guardian(cast: Cast, change: YearChange, born_on: date, who_decides: str) -> None:
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=born_on)
    row = shown(cast)
    els = Guardianship.objects.get(guardian__person=cast.els.person).guardian
    talk = {"read": 1, "talked_on": "2026-06-20", "works": "agreed", "watch": "agreed", "wish": "agreed", "remark": ""}
    set_it(cast, change)
    for name, who in (("els", str(els.pk)), ("noor", "pupil")):
        HandoverAnswer.objects.all().delete()
        assert send(cast.anna, "handover_talk", row.pk, who=who, **talk).status_code == 302
        assert readable(cast.carla, row, MINUTE) is (name == who_decides)
    assert (answer(cast.els, row).status_code == 302) is (who_decides == "els")


def test_the_pupil_of_sixteen_is_told_and_a_guardian_who_may_not_read_is_not(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=date(2010, 6, 20))
    shown(cast)
    assert list(Notice.objects.filter(event="handover.shown").values_list("receiver", flat=True)) == [cast.noor.pk]


def test_what_nobody_agreed_to_is_gone_after_the_autumn_too(cast: Cast, change: YearChange) -> None:
    row, late = shown(cast), written(cast, cast.pupil_sem, works="Van Sem.")
    set_it(cast, change)
    assert send(cast.anna, "handover_write", cast.pupil_sem.pk, read=1, works="Van Sem, later.").status_code == 302
    forget_handovers(at=datetime(2026, 10, 31, 22, tzinfo=UTC))
    assert {*Handover.objects.all()} == {row, late}
    forget_handovers(at=datetime(2026, 10, 31, 23, tzinfo=UTC))
    assert not Handover.objects.exists()


def test_who_moved_in_the_middle_of_the_year_has_one_of_each_team(cast: Cast) -> None:
    written(cast)
    Enrolment.objects.filter(pupil=cast.pupil_noor).update(group=cast.group_6b)
    assert TEXTS["works"] not in text_of(cast.carla, "pupil_handover", cast.pupil_noor.pk)
    assert send(cast.carla, "handover_write", cast.pupil_noor.pk, read=0, works="Van Carla.").status_code == 302
    assert sorted(Handover.objects.values_list("works", flat=True)) == [TEXTS["works"], "Van Carla."]
