"""About Noor: an analysis that several people saw and answered, one that just began, and a daily card with a day on it."""

from datetime import date, timedelta

from django.db.models import Model
from django.utils import timezone

from kring.web.behaviour.actions import Seen, Written, add_record, begin, write_analysis
from kring.web.behaviour.models import FunctionAnalysis
from kring.web.check_ins.actions import DaySaid, NewCard, fill_day, make_card
from tests.access.people import SECRET, Town

QUESTIONS = ("known", "factors", "learned", "further")


def daily(town: Town) -> dict[str, Model]:
    anna, noor = town.actors["anna"], town.pupils["noor"]
    seen_often = _analysis(town, "vaak")
    for number in range(6):
        observer = town.actors["bram" if number % 2 else "anna"]
        when = town.now - timedelta(hours=6 - number)
        add_record(observer, seen_often, _seen(when), at=when)
    written = Written(answers=dict.fromkeys(QUESTIONS, "Zo is het nu"), function="avoid_task", hypothesis=f"Vermoedt{SECRET} noor")
    write_analysis(anna, seen_often, written, read_at=seen_often.edited_at, at=town.now)
    seen_often.refresh_from_db()
    monday = last_monday(timezone.localdate(town.now))
    before, until_on = monday - timedelta(weeks=1), monday + timedelta(weeks=3)
    new = NewCard(
        goals=[f"Oefent{SECRET} noor"], moments=["ochtend", "middag"], with_whom=anna, target=80, from_on=before, until_on=until_on
    )
    card = make_card(anna, noor, new, at=town.now)
    fill_day(anna, card, DaySaid(points={"0": {"0": 1}}), on=before, read_at=None, at=town.now)
    return {"analysis_noor": seen_often, "analysis_new": _analysis(town, "nieuw"), "day_card_noor": card}


def last_monday(today: date) -> date:
    """A school day that is not to come: the town has no holidays."""
    return today - timedelta(days=today.weekday())


def _analysis(town: Town, what: str) -> FunctionAnalysis:
    return begin(town.actors["anna"], town.pupils["noor"], f"Gedrag{SECRET} noor {what}", at=town.now - timedelta(days=2))


def _seen(when: object) -> Seen:
    return Seen(before_kind="task", behaviour="Loopt weg", after_kind="away", place="classroom", seen_at=when)  # type: ignore[arg-type]
