"""Somebody sees something, somebody answers: never two names in one note, never an opinion alone, never forgotten."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from kring.core.access import Record, Role, Verb, rule_of
from kring.core.external_scores import is_health
from kring.core.language_mirror import mirror
from kring.core.signs import SIGNS
from kring.web.models import Assignment, Entry, Signal, SignalAnswer, Task
from kring.web.signals.intake import watch_over_signals
from kring.web.signals.queries import READERS
from kring.web.signals.words import FAMILIES, PLACES, SIGN_WORDS
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member, pupil

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def travel() -> Any:
    with time_machine.travel(MONDAY, tick=False) as found:
        yield found


def sent(**more: Any) -> dict[str, Any]:
    return {
        "fact": "Zat in de pauze alleen op de bank.",
        "place": "",
        "day": "2025-11-10",
        "clock": "10:00",
        "heard": "seen",
        "worry": "1",
    } | more


def note(actor: Any, pupil: Any, **more: Any) -> Any:
    return client_of(actor).post(reverse("signal_new", args=[actor.pk, pupil.pk]), sent(**more))


def noted(cast: Cast, **more: Any) -> Signal:
    assert note(cast.anna, cast.pupil_noor, **more).status_code == 302
    return Signal.objects.latest("made_at")


def answered(actor: Any, row: Signal, **more: Any) -> Any:
    said = {"kind": "explain", "judgement": "new", "reason": "Haar opa is net overleden."} | more
    return client_of(actor).post(reverse("signal_answer", args=[actor.pk, row.pk]), said)


def tasks_of(hat: Any) -> list[str]:
    return sorted(Task.objects.filter(owner=hat, done_at=None, dropped_at=None).values_list("kind", flat=True))


# ---- noting -----------------------------------------------------------------------------------------------------


def test_every_sign_has_neutral_words() -> None:
    assert SIGN_WORDS.keys() == SIGNS.keys()
    assert [(key, mark.text) for key, said in SIGN_WORDS.items() for mark in mirror(str(said)).marks] == []


def test_a_note_keeps_what_was_seen_apart_from_what_was_thought(cast: Cast) -> None:
    row = noted(cast, interpretation="Misschien is ze moe.", signs=["tired", "alone-at-break"], families=["social"], mirror_read="1")
    assert (row.fact, row.interpretation, row.signs, row.families) == (
        "Zat in de pauze alleen op de bank.",
        "Misschien is ze moe.",
        ["tired", "alone-at-break"],
        ["social"],
    )
    assert (row.pupil, row.group, row.author, row.counts_until_on) == (cast.pupil_noor, None, cast.anna, date(2025, 12, 22))
    page = text_of(cast.anna, "signal", row.pk)
    assert (
        page.index("Wat er gebeurde")
        < page.index("alleen op de bank")
        < page.index("Wat iemand erbij dacht")
        < page.index("Misschien is ze moe")
    )
    assert Entry.objects.filter(name="signal.noted", pupil_id=cast.pupil_noor.pk).count() == 1


def test_who_may_note_and_read(cast: Cast) -> None:
    row = noted(cast)
    assert may_look(cast, "signal_new", cast.pupil_noor.pk) == {"anna", "bram"}
    assert may_look(cast, "signal", row.pk) == {"anna", "bram"}
    assert may_look(cast, "pupil_signals", cast.pupil_noor.pk) == {"anna", "bram"}
    assert may_look(cast, "group_signal_new", cast.group_6a.pk) == {"anna", "bram"}
    safety = member(cast.beuk, Role.SAFETY_COORDINATOR, "saar")
    assert text_of(safety, "signal", row.pk)
    assert answered(safety, row).status_code == 404
    assert note(cast.carla, cast.pupil_noor).status_code == 404
    assert Signal.objects.count() == 1


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"fact": "", "interpretation": "Ze heeft het thuis moeilijk."}, "Wat u erbij denkt, is niet genoeg"),
        ({"clock": "11:30"}, "Dit moment moet nog komen"),
        ({"fact": "", "signs": ["tired"], "families": ["behaviour"]}, "U koos waar het bij past"),
        ({"fact": "Ze zei: ik wil dood."}, "Naar de meldcode"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(cast: Cast, bad: dict[str, Any], says: str) -> None:
    answer = note(cast.anna, cast.pupil_noor, **bad)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert says in page
    assert str(bad.get("fact") or bad.get("interpretation") or "alleen op de bank") in page or "signs" in bad
    assert not Signal.objects.exists()


def test_the_mirror_comes_once_and_the_writer_decides(cast: Cast) -> None:
    back = note(cast.anna, cast.pupil_noor, fact="Hij is lui en zat bij Sem.")
    assert back.status_code == 200
    page = back.content.decode()
    assert [word in page for word in ("<q>lui</q>", "<q>Sem</q>", "Toch zo bewaren")] == [True] * 3
    assert not Signal.objects.exists()
    noted(cast, fact="Hij is lui en zat bij Sem.", mirror_read="1")


def test_the_mirror_beside_the_field_keeps_nothing_and_knows_no_names_for_who_may_not(cast: Cast) -> None:
    employee = member(cast.beuk, Role.EMPLOYEE, "emma")
    for actor, knows in ((cast.anna, True), (employee, False)):
        found = client_of(actor).post(reverse("signal_mirror", args=[actor.pk]), {"text": "Sem is lui", "whom": ["x", cast.pupil_noor.pk]})
        page = found.content.decode()
        assert (found.status_code, "<q>lui</q>" in page, "<q>Sem</q>" in page) == (200, True, knows)
    assert not Signal.objects.exists()


def group_note(cast: Cast, *whom: Any, **more: Any) -> Any:
    return client_of(cast.anna).post(reverse("group_signal_new", args=[cast.anna.pk, cast.group_6a.pk]), sent(whom=[*whom], **more))


def test_two_pupils_get_a_note_each_and_neither_reads_the_other(cast: Cast) -> None:
    two = cast.pupil_noor.pk, cast.pupil_sem.pk
    refused = group_note(cast, *two, fact="Noor duwde Sem.", mirror_read="1")
    assert refused.status_code == 409
    assert "een eigen notitie" in refused.content.decode()
    assert group_note(cast, *two, fact="Duwde een klasgenoot.").status_code == 302
    assert {row.pupil for row in Signal.objects.all()} == {cast.pupil_noor, cast.pupil_sem}
    assert "Sem" not in Signal.objects.get(pupil=cast.pupil_noor).fact


def test_a_problem_of_the_class_is_one_signal_of_the_class(cast: Cast) -> None:
    assert group_note(cast, "class", fact="Na de pauze duurde het tien minuten voor het stil was.").status_code == 302
    row = Signal.objects.get()
    assert (row.pupil, row.group) == (None, cast.group_6a)
    assert "Groep 6A" in text_of(cast.anna, "signals")
    assert group_note(cast).status_code == 200  # nobody meant
    assert group_note(cast, cast.pupil_lot.pk).status_code == 200  # of another class
    assert Signal.objects.count() == 1


def test_a_sign_is_counted_and_never_becomes_a_conclusion_or_a_matter_of_health(cast: Cast) -> None:
    """R083, R085: six times to the toilet is six times; nothing about drugs, the body or sexuality can be ticked or follows from it."""
    for hour in range(6):
        noted(cast, fact="Vroeg of zij naar de wc mocht.", signs=["often-to-toilet"], clock=f"{4 + hour:02}:00")
    page = text_of(cast.anna, "pupil_signals", cast.pupil_noor.pk)
    assert "6 keer" in page
    words = " ".join(map(str, (*SIGN_WORDS.values(), *FAMILIES.values(), *PLACES.values())))
    assert re.findall(r"drugs|drank|ghb|blow|seks|geaard|verslaa|ziek|adhd|autis|depress", f"{page} {words}".casefold()) == []
    assert [one for one in (*SIGN_WORDS.values(), *FAMILIES.values()) if is_health(str(one))] == []
    assert not Task.objects.filter(owner=cast.anna, kind__startswith="attention").exists()


# ---- handing in -------------------------------------------------------------------------------------------------


def test_an_employee_hands_in_and_reads_only_that_it_was_picked_up(cast: Cast) -> None:
    employee = member(cast.beuk, Role.EMPLOYEE, "emma")
    address = reverse("signal_hand_in", args=[employee.pk])
    assert client_of(employee).post(address, sent(about="Noor uit 6A")).status_code == 302
    row = Signal.objects.get()
    assert (row.author, row.pupil, row.about) == (employee, None, "Noor uit 6A")
    page = text_of(employee, "signal_hand_in")
    assert "ontvangen" in page
    assert "Noor uit" not in page
    assert look(employee, "signal", row.pk).status_code == 404
    assert look(cast.anna, "signal", row.pk).status_code == 404  # until somebody says whom it is about
    watch_over_signals(at=MONDAY)
    assert tasks_of(cast.bram) == ["signal.to_tie"]
    tie = reverse("signal_tie", args=[cast.bram.pk, row.pk])
    assert client_of(cast.bram).post(tie, {"pupil": cast.pupil_fien.pk, "group": ""}).status_code == 200  # of another school: not to choose
    assert client_of(cast.bram).post(tie, {"pupil": cast.pupil_noor.pk, "group": ""}).status_code == 302
    assert client_of(cast.bram).post(tie, {"pupil": cast.pupil_sem.pk, "group": ""}).status_code == 409
    assert "opgepakt" in text_of(employee, "signal_hand_in")
    assert "alleen op de bank" in text_of(cast.anna, "signal", row.pk)
    watch_over_signals(at=MONDAY)
    assert (tasks_of(cast.bram), tasks_of(cast.anna)) == ([], ["signal.answer"])


def test_a_caretaker_searches_nobody(cast: Cast) -> None:
    employee = member(cast.beuk, Role.EMPLOYEE, "emma")
    for route, keys in (("signals", ()), ("pupil_signals", (cast.pupil_noor.pk,)), ("signal_new", (cast.pupil_noor.pk,))):
        assert look(employee, route, *keys).status_code == 404
    assert (
        client_of(employee).post(reverse("signal_hand_in", args=[employee.pk]), sent(about="Noor", fact="Hij is mishandeld.")).status_code
        == 409
    )


# ---- answering --------------------------------------------------------------------------------------------------


def test_every_answer_is_added_and_the_last_one_counts(cast: Cast, travel: Any) -> None:
    row = noted(cast)
    assert "wacht op antwoord" in text_of(cast.anna, "home")
    assert answered(cast.anna, row, kind="watch", until_on="2025-11-17").status_code == 302
    assert "wachten op antwoord" not in text_of(cast.anna, "home") and "wacht op antwoord." not in text_of(cast.anna, "home")  # noqa: PT018
    travel.shift(60)
    assert answered(cast.bram, row).status_code == 302
    assert [one.kind for one in SignalAnswer.objects.all()] == ["watch", "explain"]
    page = text_of(cast.anna, "signal", row.pk)
    assert page.index("er is een verklaring") < page.index("we kijken het aan")
    row.refresh_from_db()
    assert row.picked_up_at == MONDAY


@pytest.mark.parametrize(
    "bad", [{"reason": "ok"}, {"kind": "watch"}, {"kind": "watch", "until_on": "2026-03-01"}, {"kind": "watch", "until_on": "2025-11-10"}]
)
def test_an_answer_without_reason_or_day_is_refused(cast: Cast, bad: dict[str, Any]) -> None:
    row = noted(cast)
    assert answered(cast.anna, row, **bad).status_code == 409
    assert not SignalAnswer.objects.exists()


def test_watching_ends_and_it_waits_again(cast: Cast, travel: Any) -> None:
    row = noted(cast)
    answered(cast.anna, row, kind="watch", until_on="2025-11-17")
    assert "Er wacht niets op antwoord" in text_of(cast.anna, "signals")
    travel.move_to(MONDAY + timedelta(days=7))
    assert "Noor" in text_of(cast.anna, "signals")


def test_steps_come_before_a_plan(cast: Cast, travel: Any) -> None:
    row, plan = noted(cast), "Korte interventie bedenken"
    assert plan not in text_of(cast.anna, "signal", row.pk)  # no plan in the minute of the signal
    answered(cast.anna, row, kind="act", first_steps=["knows"])
    assert plan not in text_of(cast.anna, "signal", row.pk)
    travel.shift(60)
    answered(cast.anna, row, kind="act", first_steps=["contact", "found-out"])
    assert plan in text_of(cast.anna, "signal", row.pk)
    travel.shift(60)
    answered(cast.bram, row, first_steps=["knows"])  # who explains takes no steps
    assert [one.first_steps for one in SignalAnswer.objects.all()] == [["knows"], ["contact", "found-out"], []]


def test_who_may_look_but_not_answer_is_refused(cast: Cast) -> None:
    row = noted(cast)
    Assignment.objects.filter(membership=cast.anna).update(until_at=MONDAY)
    assert answered(cast.anna, row).status_code == 404
    assert answered(cast.carla, row).status_code == 404


# ---- in time ----------------------------------------------------------------------------------------------------


def test_it_turns_red_after_five_school_days_and_reaches_the_coordinator_after_ten(cast: Cast, travel: Any) -> None:
    noted(cast)
    watch_over_signals(at=MONDAY)
    assert tasks_of(cast.anna) == ["signal.answer"]
    assert "Het oudste wacht al" not in text_of(cast.anna, "home")
    travel.move_to(MONDAY + timedelta(days=7))
    assert "Het oudste wacht al 5 schooldagen" in text_of(cast.anna, "home")
    for days, kinds in ((14, []), (15, ["signal.unanswered"])):
        watch_over_signals(at=MONDAY + timedelta(days=days))
        assert tasks_of(cast.bram) == kinds
    travel.move_to(MONDAY + timedelta(days=15))
    answered(cast.anna, Signal.objects.get())
    watch_over_signals(at=MONDAY + timedelta(days=15))
    assert (tasks_of(cast.bram), tasks_of(cast.anna)) == ([], [])


def test_a_worry_is_talked_about_at_home_in_time(cast: Cast, travel: Any) -> None:
    row = noted(cast, worry="3")
    answered(cast.anna, row)
    watch_over_signals(at=MONDAY)
    assert tasks_of(cast.anna) == ["signal.talk"]
    travel.move_to(MONDAY + timedelta(days=15))
    watch_over_signals(at=MONDAY + timedelta(days=15))
    assert tasks_of(cast.bram) == ["signal.talk_late"]
    assert "alleen op de bank" not in text_of(cast.els, "signals_shown")
    assert client_of(cast.anna).post(reverse("signal_show", args=[cast.anna.pk, row.pk])).status_code == 302
    assert "alleen op de bank" in text_of(cast.els, "signals_shown")
    assert "overleden" not in text_of(cast.els, "signals_shown")
    assert "alleen op de bank" not in text_of(cast.pim, "signals_shown")  # without authority
    watch_over_signals(at=MONDAY + timedelta(days=15))
    assert (tasks_of(cast.anna), tasks_of(cast.bram)) == ([], [])


@pytest.mark.parametrize(("said", "ended", "until"), [("yes", None, date(2026, 2, 9)), ("no", date(2025, 12, 29), date(2025, 12, 29))])
def test_after_six_weeks_one_is_asked_whether_it_is_still_there(cast: Cast, travel: Any, said: str, ended: Any, until: date) -> None:
    row = noted(cast)
    answered(cast.anna, row)
    later = MONDAY + timedelta(days=49)
    travel.move_to(later)
    watch_over_signals(at=later)
    assert tasks_of(cast.anna) == ["signal.still_there"]
    assert "Is het er nog?" in text_of(cast.anna, "signal", row.pk)
    client_of(cast.anna).post(reverse("signal_look_again", args=[cast.anna.pk, row.pk]), {"still_there": said})
    row.refresh_from_db()
    assert (row.ended_on, row.counts_until_on) == (ended, until)
    watch_over_signals(at=later)
    assert tasks_of(cast.anna) == []


def test_what_waits_for_an_answer_is_not_over_by_a_button_that_is_not_there(cast: Cast) -> None:
    row = noted(cast)
    said = client_of(cast.anna).post(reverse("signal_look_again", args=[cast.anna.pk, row.pk]), {"still_there": "no"})
    row.refresh_from_db()
    assert (said.status_code, row.ended_on) == (404, None)
    answered(cast.anna, row)
    assert client_of(cast.anna).post(reverse("signal_look_again", args=[cast.anna.pk, row.pk]), {"still_there": "no"}).status_code == 302


# ---- lists and figures ------------------------------------------------------------------------------------------


def test_the_list_asks_as_much_for_three_as_for_one_and_counts_signs(cast: Cast) -> None:
    noted(cast, signs=["tired"])
    routes = {"signals": [], "pupil_signals": [cast.pupil_noor.pk], "home": []}
    before = {route: queries_for(cast.anna, route, keys) for route, keys in routes.items()}
    for name in ("Ada", "Bo"):
        note(cast.anna, pupil(cast.group_6a, name, 6))
    answered(cast.anna, noted(cast, signs=["tired", "quarrels"]))
    assert {route: queries_for(cast.anna, route, keys) for route, keys in routes.items()} == before
    page = text_of(cast.anna, "pupil_signals", cast.pupil_noor.pk)
    assert page.index("is moe, gaapt") < page.index("2 keer") < page.index("heeft ruzie")


def test_lists_are_filtered_ordered_and_taken_along(cast: Cast, travel: Any) -> None:
    first = noted(cast)
    travel.shift(timedelta(minutes=1))
    note(cast.anna, cast.pupil_sem, worry="3", fact="Gooide een stoel om.")
    answered(cast.anna, first)
    assert "Gooide een stoel" in text_of(cast.bram, "signals")
    assert "alleen op de bank" in text_of(cast.bram, "signals", show="answered")
    page = text_of(cast.bram, "signals", show="all", order="worry", group=str(cast.group_6a.pk))
    assert page.index("Gooide een stoel") < page.index("alleen op de bank")
    assert "alleen op de bank" not in text_of(cast.bram, "signals", show="all", group=str(cast.group_6b.pk))
    csv = look(cast.anna, "signals_csv", show="all").content.decode("utf-8-sig")
    assert len(csv.splitlines()) == 3
    sheet = load_workbook(BytesIO(look(cast.anna, "signals_xlsx", show="all").content)).active
    assert sheet is not None
    assert sheet["A2"].value == "Noor Test"
    assert may_look(cast, "signals_csv") >= {"anna", "carla"}


def test_the_leader_reads_numbers_and_no_name(cast: Cast) -> None:
    answered(cast.anna, noted(cast, families=["social"]))
    note(cast.anna, cast.pupil_sem)
    assert may_look(cast, "signal_figures") >= {"rik", "bram", "frans", "gijs"}
    page = text_of(cast.rik, "signal_figures")
    assert "<dd>0</dd>" in page
    assert "Noor" not in page
    assert may_look(cast, "signal_quality") == {"bram", "frans", "gijs"}
    assert "naar binnen gekeerd" in text_of(cast.bram, "signal_quality")


def test_a_signal_of_another_school_does_not_exist(cast: Cast) -> None:
    row = noted(cast)
    absent, foreign = (look(cast.frans, "signal", key) for key in (cast.pupil_noor.pk, row.pk))
    assert (absent.status_code, foreign.status_code) == (404, 404)


@pytest.mark.parametrize(("role", "verb"), [*((one, Verb.READ) for one in sorted(READERS)), (Role.LEADER, Verb.COUNT)])
def test_who_sees_signals_sees_their_answers(role: Role, verb: Verb) -> None:
    """On this stands that whether there is an answer is asked without asking who asks (`with_last`)."""
    about, answers = rule_of(role, Record.SIGNAL, verb), rule_of(role, Record.SIGNAL_ANSWER, verb)
    assert about is not None
    assert answers is not None
    assert about.scopes == answers.scopes
