"""Why Sem leaves his place, as three people saw it, and four weeks of his daily card with Anna: through the same actions as real ones."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from kring.web.behaviour.actions import Seen, Written, add_record, begin, write_analysis
from kring.web.behaviour.models import BehaviourRecord, FunctionAnalysis
from kring.web.check_ins.actions import DaySaid, NewCard, fill_day, make_card
from kring.web.check_ins.models import CheckInCard
from kring.web.check_ins.queries import school_days_of
from kring.web.schools.models import Assignment, Group, Membership, Pupil, School

BEHAVIOUR = "Loopt van zijn plaats tijdens zelfstandig werken"
RECORDS = (
    # who, so many days after it began, hour, before, after, place, what followed in words
    ("anna", 0, 9, "task", "task_gone", "classroom", "Na een rondje hoefde hij nog maar de helft te doen"),
    ("anna", 1, 13, "task", "adult", "classroom", ""),
    ("bram", 2, 10, "waiting", "adult", "corridor", "Ik liep even met hem mee"),
    ("anna", 3, 9, "task", "task_gone", "classroom", ""),
    ("marit", 6, 9, "task", "away", "classroom", "Hij mocht water halen"),
    ("marit", 7, 11, "crowd", "help", "classroom", "Aan de rustige tafel begon hij wel"),
    ("anna", 8, 9, "task", "adult", "classroom", ""),
    ("bram", 9, 14, "task", "task_gone", "classroom", ""),
)
ANSWERS = {
    "known": "Sem begint vlot als iemand de eerste som samen met hem leest. Bij gym en in de kring blijft hij gewoon zitten.",
    "factors": "De taken zijn lang en hij ziet het eind niet. Als hij opstaat, krijgt hij hulp of wordt het minder.",
    "learned": "De stappenkaart hielp op de dagen dat wij hem samen lazen.",
    "further": "",
}
GUESS = "Bijna steeds gaat een lange opdracht vooraf, en daarna wordt die korter. Bij gym, zonder zulke taken, zien wij het niet."
GOALS = ("Ik begin binnen vijf minuten", "Ik vraag om hulp met mijn kaartje")
MOMENTS = ("eerste taak", "na de kleine pauze", "na de grote pauze", "einde van de dag")
GIVEN = (
    ((1, 1), (0, 1), (1, 1), (1, 2)),
    ((2, 1), (1, 2), (2, 1), (2, 2)),
    ((2, 2), (1, 2), (2, 2), (2, 1)),
    ((2, 2), (2, 1), (2, 2), (2, 2)),
)
WORDS = ("Het ging wel", "Ik was snel klaar", "Rekenen was lang", "Ik vond het fijn dat je keek", "Morgen weer")


def look_day_by_day(school: School, members: Mapping[str, Membership], *, now: datetime) -> None:
    """At the school of Anna alone."""
    anna, sem = members.get("anna"), Pupil.objects.filter(school=school, given_name="Sem").first()
    if anna is None or anna.school_id != school.pk or sem is None:
        return
    _analysis(members, sem, now=now)
    monday = now.date() - timedelta(days=now.weekday(), weeks=4)
    until_on = monday + timedelta(weeks=6, days=4)
    new = NewCard(goals=GOALS, moments=MOMENTS, with_whom=anna, target=75, from_on=monday, until_on=until_on)
    card = make_card(anna, sem, new, at=now - timedelta(weeks=5))
    _days(anna, card, now=now)


def _analysis(members: Mapping[str, Membership], sem: Pupil, *, now: datetime) -> None:
    """Marit stood in for a week; she may read nothing of it now."""
    anna, begun = members["anna"], now - timedelta(weeks=3)
    analysis = begin(anna, sem, BEHAVIOUR, at=begun)
    for name, after, hour, before, followed, place, words in RECORDS:
        when = (begun + timedelta(days=after)).replace(hour=hour)
        seen: dict[str, Any] = {
            "before_kind": before,
            "after_kind": followed,
            "after": words,
            "place": place,
            "behaviour": BEHAVIOUR,
            "seen_at": when,
        }
        if name == "marit":
            BehaviourRecord.objects.create(school=sem.school, analysis=analysis, observer=members[name], made_at=when, before="", **seen)
        else:
            add_record(members[name], analysis, Seen(**seen), at=when)
    _stood_in(members["marit"], sem, begun)
    _written(anna, analysis, now)


def _stood_in(marit: Membership, sem: Pupil, begun: datetime) -> None:
    group = Group.objects.get(enrolments__pupil=sem, enrolments__until_at=None)
    until_at = begun + timedelta(weeks=2)
    Assignment.objects.create(school=sem.school, membership=marit, group=group, from_at=begun + timedelta(days=5), until_at=until_at)


def _written(anna: Membership, analysis: FunctionAnalysis, now: datetime) -> None:
    written = Written(answers=ANSWERS, function="avoid_task", hypothesis=GUESS)
    write_analysis(anna, analysis, written, read_at=analysis.edited_at, at=now - timedelta(days=4))


def _days(anna: Membership, card: CheckInCard, *, now: datetime) -> None:
    """Every school day up to yesterday."""
    goes_to_school = school_days_of(anna, [card.pupil_id], at=now)[card.pupil_id]
    passed = (now.date() - card.from_on).days
    for on in filter(goes_to_school, (card.from_on + timedelta(days=number) for number in range(passed))):
        _day(anna, card, on, now)


def _day(anna: Membership, card: CheckInCard, on: date, now: datetime) -> None:
    week, number = divmod((on - card.from_on).days, 7)
    given = GIVEN[min(week, 3)]
    points = {str(moment): {str(goal): point for goal, point in enumerate(row)} for moment, row in enumerate(given)}
    if number == 2 and week:  # noqa: PLR2004 (one day a week goes a little less)
        points["1"] = {"0": 1, "1": 1}
    said = DaySaid(points=points, morning="Fijn dat je er bent. Welke taak doe je het eerst?", pupil_words=WORDS[number % len(WORDS)])
    fill_day(anna, card, said, on=on, read_at=None, at=datetime.combine(on, now.timetz()).replace(hour=15))
