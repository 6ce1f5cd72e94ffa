"""At De Beuk: a no to the check-in, a list that Els is asked for, and a kijkwijzer with its baseline, asked once more."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kring.core.access import STAFF
from kring.library import instrument
from kring.web.schools.models import Enrolment, Guardian, Membership, Pupil, School, SchoolYear
from kring.web.surveys.models import AnonymousSubmission, GuardianInvitation, Objection, Round, StaffInvitation

HERE = ZoneInfo("Europe/Amsterdam")
Key = Callable[..., UUID]
WHY = "Noor is op school stiller dan anders. Wij horen graag hoe het thuis met haar gaat."
KIJKWIJZER, FOR_GUARDIANS, REFUSED = "kring-kijkwijzer", "kring-ouder", "kring-check-in"
TEAM = 9  # so many filled in the baseline, who are not all here any more


def ask_at_home_and_in_the_team(school: School, people: Mapping[str, Membership], *, key: Key, today: date) -> None:
    """Nothing at the other schools."""
    if school.name != "De Beuk":
        return
    year = SchoolYear.objects.filter(school=school, starts_on__lte=today).order_by("-starts_on")[0]
    noor = Pupil.objects.get(school=school, given_name="Noor", person__isnull=False)
    els = Guardian.objects.get(school=school, person=people["els"].person)
    Objection.objects.create(
        id=key(school.name, "objection"), school=school, pupil=noor, guardian=els, instrument=REFUSED, from_at=_moment(today, -12)
    )
    _ask_els(school, people["anna"], noor, els, year, key=key, today=today)
    first = _team_round(school, year, "Kijkwijzer, de eerste keer", -60, -46, key=key, today=today)
    _fill(first, TEAM, key=key)
    Round.objects.filter(pk=first.pk).update(closed_at=_moment(today, -45), closed_by=people["bram"], is_baseline=True)
    again = _team_round(school, year, "Kijkwijzer, opnieuw", -3, 11, key=key, today=today)
    _invite(again, people, key=key)


def _moment(today: date, days: int) -> datetime:
    return datetime.combine(today + timedelta(days=days), time(9), HERE)


def _ask_els(school: School, anna: Membership, noor: Pupil, els: Guardian, year: SchoolYear, *, key: Key, today: date) -> None:
    seat = Enrolment.objects.filter(pupil=noor, until_at=None)[0]
    asked = Round.objects.create(
        id=key(school.name, "guardian round"),
        school=school,
        year=year,
        instrument=FOR_GUARDIANS,
        version=1,
        title=instrument(FOR_GUARDIANS, 1).title,
        opens_on=today - timedelta(days=8),
        closes_on=today + timedelta(days=6),
        asks=Round.Asks.GUARDIANS,
    )
    about = {"school": school, "round": asked, "group": seat.group, "pupil": noor, "guardian": els}
    GuardianInvitation.objects.create(
        id=key(school.name, "guardian asked"), reason=WHY, asked_by=anna, asked_at=_moment(today, -8), **about
    )


def _team_round(school: School, year: SchoolYear, title: str, opens: int, closes: int, *, key: Key, today: date) -> Round:
    days = {"opens_on": today + timedelta(days=opens), "closes_on": today + timedelta(days=closes)}
    of_list = {"instrument": KIJKWIJZER, "version": 1, "asks": Round.Asks.STAFF}
    return Round.objects.create(id=key(school.name, "team round", title), school=school, year=year, title=title, **of_list, **days)


def _fill(made: Round, lists: int, *, key: Key) -> None:
    """Each with other answers, always the same ones."""
    items = instrument(KIJKWIJZER, 1).coded
    answers = [
        {item.key: sorted(item.codes)[(place * 2 + number * (place % 3)) % len(item.codes)] for number, item in enumerate(items)}
        for place in range(lists)
    ]
    rows = [
        AnonymousSubmission(id=key(made.school.name, "filling", str(number)), school=made.school, round=made, answers=row)
        for number, row in enumerate(answers)
    ]
    AnonymousSubmission.objects.bulk_create(sorted(rows, key=lambda row: row.pk))


def _invite(made: Round, people: Mapping[str, Membership], *, key: Key) -> None:
    team = [hat for hat in people.values() if hat.school_id == made.school_id and hat.role in STAFF]
    StaffInvitation.objects.bulk_create(
        StaffInvitation(id=key(made.school.name, "team", str(hat.pk)), school=made.school, round=made, membership=hat) for hat in team
    )
