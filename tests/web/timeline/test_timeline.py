"""Everything that one may see of a pupil, from all sources, newest first; nothing more, and no slower with the years."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from kring.web.models import (
    AbsencePrompt,
    BreakGlass,
    ConcernMessage,
    Consultation,
    Evaluation,
    Gathering,
    PeerConcern,
    Plan,
    ReportingCodeFile,
    ReportingCodeNote,
    Round,
    Signal,
    SignalAnswer,
    SupportNeed,
    TalkReport,
    TalkRequest,
)
from kring.web.timeline import queries
from kring.web.timeline.items import KINDS, SOURCES, Item, Kind, Source
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast
from tests.measurements import close, list_round

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 10, 10, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def fill(cast: Cast, days_ago: int = 3) -> None:
    """A talk with a report, a signal with its answer, and absence to look at."""
    at, noor = NOW - days_ago * DAY, cast.pupil_noor
    made = {"school": cast.beuk, "made_at": at, "edited_at": at}
    talk = Gathering.objects.create(
        pupil=noor, kind="guardian_talk", purpose=f"Pauze {days_ago}", planned_at=at, held_at=at, made_by=cast.anna, **made
    )
    TalkReport.objects.create(gathering=talk, author=cast.anna, text="Samen besproken.", pupil_words=f"Ik wil meedoen {days_ago}", **made)
    seen = {"kind": "observation", "fact": f"Staat alleen {days_ago}", "seen_at": at, "made_at": at, "counts_until_on": at.date()}
    signal = Signal.objects.create(school=cast.beuk, pupil=noor, author=cast.anna, **seen)
    SignalAnswer.objects.create(
        school=cast.beuk, signal=signal, kind="act", judgement="new", reason="Wij kijken mee", answered_by=cast.anna, answered_at=at
    )
    days = {"noticed_on": at.date(), "look_by_on": at.date(), "counted_to": at.date()}
    AbsencePrompt.objects.create(school=cast.beuk, pupil=noor, rule="sick_spells", amount=4, **days)


def test_it_draws_on_every_source_that_one_may_read_the_newest_first(cast: Cast) -> None:
    fill(cast, days_ago=3)
    fill(cast, days_ago=9)
    page = text_of(cast.anna, "pupil_timeline", cast.pupil_noor.pk)
    for said in ("Pauze 3", "Ik wil meedoen 3", "Staat alleen 3", "Wij kijken mee", "Verzuim om na te kijken"):
        assert said in page
    assert page.index("Staat alleen 3") < page.index("Staat alleen 9")
    assert may_look(cast, "pupil_timeline", cast.pupil_noor.pk) == {"anna", "bram", "noor", "els"}


def test_the_family_reads_what_was_shown_to_it_and_nothing_more(cast: Cast) -> None:
    fill(cast)
    for actor in (cast.els, cast.noor):
        assert "Nog niets op de tijdlijn" in text_of(actor, "pupil_timeline", cast.pupil_noor.pk)
    TalkReport.objects.update(shown_to_guardians_at=NOW)
    Gathering.objects.update(shown_to_guardians_at=NOW)
    page = text_of(cast.els, "pupil_timeline", cast.pupil_noor.pk)
    assert "Ik wil meedoen 3" in page
    assert "Staat alleen" not in page
    assert "Verzuim" not in page


def test_at_home_it_is_not_said_from_whom_the_school_has_it(cast: Cast) -> None:
    """A child told it, and the parents may know what happened."""
    fill(cast)
    Signal.objects.update(heard="told", shown_to_guardians_at=NOW)
    item = next(one for one in queries.timeline(cast.els, cast.pupil_noor, at=NOW) if one.kind is Kind.SIGNAL)
    assert (item.source, str(item.title), item.text) == (Source.SCHOOL, "Wat school zag", "Staat alleen 3")
    assert Source.PUPIL in {one.source for one in queries.timeline(cast.anna, cast.pupil_noor, at=NOW) if one.kind is Kind.SIGNAL}


def test_at_home_it_is_not_said_why_the_school_decided_so(cast: Cast) -> None:
    about = {"school": cast.beuk, "pupil": cast.pupil_noor, "made_by": cast.anna, "made_at": NOW, "edited_at": NOW}
    plan = Plan.objects.create(kind="trial", seen_as="intervention", title="Samen spelen", shown_to_guardians_at=NOW, **about)
    said = {
        "decision": "continue",
        "reason": "Omdat wij dit zo wegen",
        "evaluated_by": cast.anna,
        "evaluated_at": NOW,
        "next_on": NOW.date(),
    }
    Evaluation.objects.create(school=cast.beuk, plan=plan, **said)
    for actor, is_read in ((cast.els, False), (cast.anna, True)):
        page = text_of(actor, "pupil_timeline", cast.pupil_noor.pk)
        assert ("Geëvalueerd: Samen spelen" in page, "Omdat wij dit zo wegen" in page) == (True, is_read)


def test_one_kind_or_one_source_when_asked(cast: Cast) -> None:
    fill(cast)
    only = text_of(cast.anna, "pupil_timeline", cast.pupil_noor.pk, kind="absence")
    assert "Verzuim om na te kijken" in only
    assert "Staat alleen" not in only
    said = text_of(cast.anna, "pupil_timeline", cast.pupil_noor.pk, source="pupil")
    assert "Ik wil meedoen 3" in said
    assert "Samen besproken" not in said
    assert "Niets gevonden" in text_of(cast.anna, "pupil_timeline", cast.pupil_noor.pk, kind="plan")


def test_what_is_confided_or_restricted_is_no_source() -> None:
    restricted = {PeerConcern, ConcernMessage, ReportingCodeFile, ReportingCodeNote, SupportNeed, Consultation, TalkRequest, BreakGlass}
    assert not restricted & {one for one in vars(queries).values() if isinstance(one, type)}


def test_an_open_round_shows_nothing(cast: Cast) -> None:
    taken: Round = list_round(cast.group_6a, [cast.pupil_noor])
    assert "Zelf ingevuld" not in text_of(cast.anna, "pupil_timeline", cast.pupil_noor.pk)
    close(taken)
    assert "Zelf ingevuld" in text_of(cast.anna, "pupil_timeline", cast.pupil_noor.pk)


def test_five_years_ask_as_much_as_one_week_and_stand_on_pages(cast: Cast) -> None:
    fill(cast)
    once = queries_for(cast.anna, "pupil_timeline", [cast.pupil_noor.pk])
    for ago in range(10, 200, 10):
        fill(cast, days_ago=ago)
    assert queries_for(cast.anna, "pupil_timeline", [cast.pupil_noor.pk]) == once
    assert "Bladzijde 1 van" in text_of(cast.anna, "pupil_timeline", cast.pupil_noor.pk)
    assert "Bladzijde 2 van" in text_of(cast.anna, "pupil_timeline", cast.pupil_noor.pk, page="2")


def test_everything_says_who_saw_it_and_what_it_is() -> None:
    """R106: a source that is not known cannot be written, and every one has words."""
    assert set(SOURCES) == set(Source)
    assert set(KINDS) == set(Kind)
    assert not {one.value for one in Source} & {"", "unknown", "other"}
    with pytest.raises(TypeError):
        Item(Kind.TALK, on=NOW.date(), title="Zonder bron")  # type: ignore[call-arg]
