"""What comes before a plan, with what it begins, in which talk it is looked at, and how all of that goes on paper."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kring.core.first_steps import FirstStepsMissing, PlanRightAfterSignal
from kring.web.models import (
    Gathering,
    GatheringSeat,
    Guardian,
    Membership,
    Plan,
    Pupil,
    Signal,
    SignalAnswer,
    TalkReport,
    Task,
    Understanding,
    Voice,
)
from kring.web.plans.first_steps import StepsSaid
from kring.web.plans.trials import actions
from kring.web.plans.trials.queries import talks_about
from kring.web.signals.intake import watch_over_signals
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.web.plans.trial_steps import ALL_STEPS, FORM, MONDAY, new_trial, running, thought_out

pytestmark = pytest.mark.django_db
SEEN = "Noor stond de hele pauze bij de muur."
OTHER = "Noor begint binnen vijf minuten zelf aan haar taak"
NOTHING: dict[str, Any] = {**FORM, "first_steps": [], "steps_because": ""}


@pytest.fixture(autouse=True)
def travel() -> Any:
    with time_machine.travel(MONDAY, tick=False) as moved:
        yield moved


def post(actor: Membership, route: str, *keys: object, query: str = "", **sent: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]) + query, sent)


def seen(cast: Cast, *, days_ago: int = 7, worry: int = 1) -> Signal:
    at = MONDAY - timedelta(days=days_ago)
    about = {"school": cast.beuk, "pupil": cast.pupil_noor, "author": cast.anna, "kind": "observation", "fact": SEEN, "worry": worry}
    return Signal.objects.create(**about, seen_at=at, made_at=at, counts_until_on=(at + timedelta(days=42)).date())


def answered(cast: Cast, signal: Signal, *steps: str) -> None:
    said = {"kind": "act", "judgement": "new", "reason": "Wij gaan iets proberen", "first_steps": list(steps)}
    SignalAnswer.objects.create(school=cast.beuk, signal=signal, answered_by=cast.anna, answered_at=signal.made_at, **said)


def understood(cast: Cast) -> Understanding:
    texts = {"goes_well": "Zij tekent graag", "can_be_better": "Zij staat alleen", "needs": "Noor heeft nodig dat iemand haar meevraagt"}
    by = {"made_by": cast.anna, "made_at": MONDAY, "edited_by": cast.anna, "edited_at": MONDAY, "settled_at": MONDAY}
    found = Understanding.objects.create(school=cast.beuk, pupil=cast.pupil_noor, **texts, **by)
    of = {
        "school": cast.beuk,
        "pupil": cast.pupil_noor,
        "understanding": found,
        "whose": "pupil",
        "asked_by": cast.anna,
        "asked_at": MONDAY,
    }
    Voice.objects.create(**of, outlook="Ik wil meedoen met tikkertje", written_at=MONDAY)
    return found


def another(actor: Membership, whom: Pupil, number: int, **more: Any) -> Plan:
    """With a goal of its own: of one pupil nobody works twice on the same one."""
    new = new_trial(**more)
    return actions.think_out(actor, whom, replace(new, goal=replace(new.goal, text=f"{OTHER} {number} keer")), at=MONDAY)


# ---- the first steps --------------------------------------------------------------------------------------------


def test_a_plan_asks_for_the_three_steps_once_of_a_pupil(cast: Cast) -> None:
    refused = post(cast.anna, "trial_new", cast.pupil_noor.pk, **{**NOTHING, "first_steps": ["knows"]})
    assert refused.status_code == 409
    assert "Zet eerst de drie kleine stappen" in refused.content.decode()
    assert FORM["what"] in refused.content.decode()
    assert post(cast.anna, "trial_new", cast.pupil_noor.pk, **FORM).status_code == 302
    assert Plan.objects.get().first_steps == ["knows", "contact", "found-out"]
    page = text_of(cast.bram, "trial_new", cast.pupil_noor.pk)
    assert "De eerste stappen zijn gezet. Het laatst opgeschreven door Anna" in page
    assert "Voor u begint" not in page
    assert post(cast.anna, "deepened_new", cast.pupil_noor.pk, title="Meedoen", because="Wij willen samen kijken").status_code == 200
    assert "Voor u begint" in text_of(cast.bram, "trial_new", cast.pupil_sem.pk)


def test_steps_that_were_said_with_a_signal_count_and_a_reason_passes_them_over(cast: Cast) -> None:
    signal = seen(cast)
    answered(cast, signal, "knows")
    answered(cast, signal, "contact", "found-out")
    assert post(cast.anna, "trial_new", cast.pupil_noor.pk, **NOTHING).status_code == 302
    assert post(cast.anna, "trial_new", cast.pupil_sem.pk, **{**NOTHING, "steps_because": "Zat vorig jaar ook bij mij"}).status_code == 302
    assert "schreef het team op waarom" in text_of(cast.anna, "trial_new", cast.pupil_sem.pk)
    assert another(cast.anna, cast.pupil_sem, 2, steps=StepsSaid())


def test_a_plan_in_the_minute_of_the_first_signal_is_refused_kindly(cast: Cast) -> None:
    answered(cast, seen(cast, days_ago=0), *ALL_STEPS.steps)
    refused = post(cast.anna, "trial_new", cast.pupil_noor.pk, **FORM)
    assert refused.status_code == 409
    assert "Slaap er een nacht over" in refused.content.decode()
    assert "Begint u toch meteen?" in refused.content.decode()
    with pytest.raises(PlanRightAfterSignal):
        actions.think_out(cast.anna, cast.pupil_noor, new_trial(), at=MONDAY)
    with pytest.raises(FirstStepsMissing):
        actions.think_out(cast.anna, cast.pupil_sem, new_trial(steps=StepsSaid()), at=MONDAY)
    assert (
        post(cast.anna, "trial_new", cast.pupil_noor.pk, **{**FORM, "steps_because": "De ouders vragen hier al lang om"}).status_code == 302
    )


# ---- from a signal or an understanding --------------------------------------------------------------------------


def test_a_trial_begins_with_a_signal_and_stays_tied_to_it(cast: Cast) -> None:
    signal = seen(cast)
    answered(cast, signal, *ALL_STEPS.steps)
    button = f"{reverse('trial_new', args=[cast.anna.pk, cast.pupil_noor.pk])}?signal={signal.pk}"
    assert button in text_of(cast.anna, "signal", signal.pk)
    form = client_of(cast.anna).get(button).content.decode()
    assert f'value="{SEEN}"' in form
    assert f"?signal={signal.pk}" in form  # the catalogue carries it on
    assert post(cast.anna, "trial_new", cast.pupil_noor.pk, query=f"?signal={signal.pk}", **NOTHING).status_code == 302
    plan = Plan.objects.get()
    assert plan.signal == signal
    assert "Dit plan begint bij een signaal" in text_of(cast.anna, "trial", plan.pk)
    assert "Wat hieruit begon" in text_of(cast.anna, "signal", signal.pk)


def test_a_trial_begins_with_an_understanding_and_the_pupils_own_words(cast: Cast) -> None:
    found = understood(cast)
    form = text_of(cast.anna, "trial_new", cast.pupil_noor.pk, understanding=str(found.pk))
    for said in ("Zij staat alleen", "Noor heeft nodig dat iemand haar meevraagt", "Ik wil meedoen met tikkertje"):
        assert said in form
    assert post(cast.anna, "trial_new", cast.pupil_noor.pk, query=f"?understanding={found.pk}", **FORM).status_code == 302
    assert Plan.objects.get().understanding == found
    assert "steunt op wat het team" in text_of(cast.anna, "trial", Plan.objects.get().pk)


@pytest.mark.parametrize("asked", ["signal=x", "signal=00000000-0000-4000-8000-000000000000", "understanding=x"])
def test_a_source_of_nobody_or_of_another_pupil_fills_nothing(cast: Cast, asked: str) -> None:
    signal = seen(cast)
    for query in (asked, f"signal={signal.pk}"):
        name, key = query.split("=")
        assert SEEN not in text_of(cast.anna, "trial_new", cast.pupil_sem.pk, **{name: key})


# ---- the talk in which people look at it ------------------------------------------------------------------------


def test_an_evaluation_talk_is_tied_to_its_plan_and_shown_at_both(cast: Cast) -> None:
    plan = thought_out(cast.anna, cast.pupil_noor)
    address = f"{reverse('gathering_new', args=[cast.anna.pk, cast.pupil_noor.pk])}?plan={plan.pk}"
    assert address in text_of(cast.anna, "trial", plan.pk)
    assert f"Samen kijken of het hielp: {plan.title}" in client_of(cast.anna).get(address).content.decode()
    when = {"day": "2026-01-20", "clock": "15:30", "with_pupil": "on", "bridge_kind": "none"}
    asked: dict[str, Any] = {"kind": "evaluation", "purpose": "Samen kijken of het hielp", "colleagues": [str(cast.anna.pk)], **when}
    assert client_of(cast.anna).post(address, asked).status_code == 302
    talk = Gathering.objects.get()
    assert talk.plan_key == plan.pk
    assert plan.title in text_of(cast.anna, "gathering", talk.pk)
    assert reverse("gathering", args=[cast.anna.pk, talk.pk]) in text_of(cast.anna, "trial", plan.pk)
    assert talks_about(cast.anna, plan) == [talk]


def talked(cast: Cast, signal: Signal, **who: Any) -> TalkReport:
    when = MONDAY - timedelta(hours=1)
    about = {"school": cast.beuk, "pupil": cast.pupil_noor, "kind": "three_way_talk", "purpose": "Praten over de pauze", "signal": signal}
    row = Gathering.objects.create(**about, planned_at=when, made_by=cast.anna, made_at=when, edited_at=when)
    for part, one in {"membership": cast.anna, **who}.items():
        GatheringSeat.objects.create(school=cast.beuk, gathering=row, **{part: one})
    told: dict[str, Any] = {
        "came": [str(seat.pk) for seat in row.seats.all()],
        "text": "Wij spraken over de pauze.",
        "pupil_words": "Ik wil meedoen.",
    }
    assert post(cast.anna, "gathering_held", row.pk, **told).status_code == 302
    return TalkReport.objects.get(gathering=row)


def open_talks(cast: Cast) -> list[str]:
    watch_over_signals(at=timezone.now())
    return sorted(Task.objects.filter(kind__in=("signal.talk", "signal.talk_late"), done_at=None).values_list("kind", flat=True))


def test_a_held_talk_with_pupil_and_guardian_stops_the_clock_of_the_signal(cast: Cast, travel: Any) -> None:
    signal = seen(cast, days_ago=0, worry=3)
    assert open_talks(cast) == ["signal.talk"]
    talked(cast, signal, pupil=cast.pupil_noor)
    assert open_talks(cast) == ["signal.talk"]  # nobody at home heard of it yet
    talked(cast, signal, guardian=Guardian.objects.get(person=cast.els.person))
    assert open_talks(cast) == []
    travel.move_to(MONDAY + timedelta(days=30))
    assert open_talks(cast) == []


# ---- on paper ---------------------------------------------------------------------------------------------------


def test_a_plan_a_signal_and_a_talk_go_on_paper_for_who_may_read_them(cast: Cast) -> None:
    signal, plan = seen(cast, days_ago=30), running(cast.anna, cast.pupil_noor, at=MONDAY - timedelta(days=14))
    answered(cast, signal, "knows")
    report = talked(cast, signal, pupil=cast.pupil_noor)
    for route, row in (("trial_pdf", plan), ("signal_pdf", signal), ("talk_report_pdf", report)):
        made = look(cast.anna, route, row.pk)
        assert made.content.startswith(b"%PDF-1.7"), route
        assert may_look(cast, route, row.pk) >= {"anna", "bram"}
        assert not may_look(cast, route, row.pk) & {"els", "noor", "rik", "carla"}
    Signal.objects.filter(pk=signal.pk).update(is_serious=True)
    assert look(cast.anna, "signal_pdf", signal.pk).status_code == 404


def test_three_plans_of_a_signal_ask_the_database_as_much_as_one(cast: Cast) -> None:
    signal = seen(cast)
    counts = []
    for number in (1, 2):
        for one in range(number):
            another(cast.anna, cast.pupil_noor, 2 * number + one)
        Plan.objects.update(signal=signal)
        counts.append((queries_for(cast.anna, "signal", [signal.pk]), queries_for(cast.anna, "trial_new", [cast.pupil_noor.pk])))
    assert counts[0] == counts[1]


# ---- how plans go at this school --------------------------------------------------------------------------------


def test_a_school_sets_its_own_weeks_and_the_names_of_the_phases(cast: Cast) -> None:
    plan = thought_out(cast.anna, cast.pupil_noor)
    assert "Signaleren" in text_of(cast.anna, "trial", plan.pk)
    levels = {"level_1": "basic", "level_2": "basic_plus", "level_3": "extra"}
    wrong = post(cast.rik, "plan_layers", **levels, least_weeks=6, most_weeks=3, phase_names="observe")
    assert wrong.status_code == 409
    assert "het kleinste getal eerst" in wrong.content.decode()
    assert post(cast.rik, "plan_layers", **levels, least_weeks=2, most_weeks=3, phase_names="observe").status_code == 302
    refused = post(cast.anna, "trial_new", cast.pupil_noor.pk, **{**FORM, "text": OTHER})
    assert refused.status_code == 409
    assert "duurt 2 tot 3 weken" in refused.content.decode()
    assert post(cast.anna, "trial_new", cast.pupil_noor.pk, **{**FORM, "text": OTHER, "ends_on": "2026-02-06"}).status_code == 302
    page = text_of(cast.anna, "trial", plan.pk)
    assert "Waarnemen" in page
    assert "Signaleren" not in page


# ---- what the proposal rests on ---------------------------------------------------------------------------------


def test_the_proposal_reads_signals_since_the_start_until_somebody_says_they_are_wrong(cast: Cast, travel: Any) -> None:
    plan = running(cast.anna, cast.pupil_noor, at=MONDAY - timedelta(days=28))
    said = {"carried_out": "Elke dag gedaan", "effect": "Noor vraagt vaker", "reached_0": "0", "pupil_view": "agrees"}
    assert "Sinds de start kwamen er 0 signalen" in text_of(cast.anna, "trial_evaluate", plan.pk)
    assert "geen lijst van vóór én na de start" in text_of(cast.anna, "trial_evaluate", plan.pk)
    signal = seen(cast, days_ago=2, worry=3)
    page = post(cast.anna, "trial_evaluate", plan.pk, **said).content.decode()
    assert "Sinds de start kwam er 1 signaal" in page
    assert "ja: er kwam een signaal met grote zorg" in page
    assert "Er is nieuw gevaar, of het gaat duidelijk slechter" in page
    wrong = {"kind": "explain", "judgement": "wrong", "reason": "Dit ging over een ander kind"}
    SignalAnswer.objects.create(school=cast.beuk, signal=signal, answered_by=cast.anna, answered_at=MONDAY, **wrong)
    assert "ja: er kwam" not in post(cast.anna, "trial_evaluate", plan.pk, **said).content.decode()
