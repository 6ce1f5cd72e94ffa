"""A daily card in a few calls, for tests: made, and filled in on the school days that one names."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kring.web.check_ins.actions import DaySaid, NewCard, fill_day, make_card
from kring.web.check_ins.models import CheckInCard
from kring.web.models import Membership, Pupil

MONDAY = date(2026, 3, 2)
GOALS = ["Ik begin binnen vijf minuten", "Ik steek mijn vinger op"]
MOMENTS = ["begin van de dag", "na de pauze", "einde van de dag"]
FORM: dict[str, Any] = {
    "goal_0": GOALS[0],
    "goal_1": GOALS[1],
    "goal_2": "",
    "moments": "\n".join(MOMENTS),
    "target": "80",
    "from_on": "2026-03-02",
    "until_on": "2026-03-27",
    "plan": "",
}


def carded(actor: Membership, pupil: Pupil, *, with_whom: Membership | None = None, first: date = MONDAY, weeks: int = 4) -> CheckInCard:
    until_on = first + timedelta(weeks=weeks, days=-3)
    new = NewCard(goals=GOALS, moments=MOMENTS, with_whom=with_whom or actor, target=80, from_on=first, until_on=until_on)
    return make_card(actor, pupil, new, at=noon(first - timedelta(days=3)))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def points(*given: int) -> dict[str, dict[str, int]]:
    """The points of the first goal, by moment."""
    return {str(moment): {"0": point} for moment, point in enumerate(given)}


def day_filled(actor: Membership, card: CheckInCard, on: date, *given: int, **said: str) -> None:
    row = card.days.filter(on=on).first()
    fill_day(actor, card, DaySaid(points=points(*given), **said), on=on, read_at=row.entered_at if row else None, at=noon(on))


def weeks_filled(actor: Membership, card: CheckInCard, weeks: Sequence[Sequence[int]], *, days: int = 5) -> None:
    """Every school day of a week alike."""
    for week, given in enumerate(weeks):
        for day in range(days):
            day_filled(actor, card, card.from_on + timedelta(weeks=week, days=day), *given)
