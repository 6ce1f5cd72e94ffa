"""At De Beuk: a no to the check-in, a list that Els is asked for, and a kijkwijzer with its baseline, asked once more."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kring.core.access import STAFF, Role
from kring.library import instrument
from kring.web.people.models import Notice
from kring.web.schools.models import Enrolment, Guardian, Membership, Pupil, School, SchoolYear
from kring.web.surveys.models import AnonymousSubmission, GuardianInvitation, GuardianList, Objection, Round, StaffInvitation

HERE = ZoneInfo("Europe/Amsterdam")
Key = Callable[..., UUID]
WHY = "Noor is op school stiller dan anders. Wij horen graag hoe het thuis met haar gaat."
KIJKWIJZER, FOR_GUARDIANS, REFUSED = "kring-kijkwijzer", "kring-ouder", "kring-check-in"
TEAM = 9  # so many filled it in
FILLINGS = (("Kijkwijzer, de eerste keer", -240), ("Kijkwijzer, een halfjaar later", -60), ("Kijkwijzer, nu", -3))


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
    for number, (title, opens) in enumerate(FILLINGS):
        made = _team_round(school, _year_of(school, today + timedelta(days=opens), year), title, opens, opens + 14, key=key, today=today)
        team = _invite(made, people, lists=0 if opens > -14 else TEAM, key=key)
        if opens <= -14:
            _fill(made, team, number, key=key)
            closed = {"closed_at": _moment(today, opens + 15), "closed_by": people["bram"]}
            Round.objects.filter(pk=made.pk).update(is_baseline=number == 0, **closed)


def _year_of(school: School, day: date, otherwise: SchoolYear) -> SchoolYear:
    return SchoolYear.objects.filter(school=school, starts_on__lte=day, ends_on__gte=day).first() or otherwise


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
    made = GuardianInvitation.objects.create(
        id=key(school.name, "guardian asked"), reason=WHY, asked_by=anna, asked_at=_moment(today, -8), **about
    )
    hat = Membership.objects.get(school=school, person=els.person, role=Role.GUARDIAN.value)
    _answered_by_els(school, about, made, year, key=key, today=today)
    told = {"event": "guardian_list.asked", "record": "guardianinvitation", "record_id": made.pk}
    Notice.objects.create(id=key(school.name, "guardian told"), school=school, receiver=hat, at=made.asked_at, **told)


def _answered_by_els(school: School, about: Mapping[str, Any], now: GuardianInvitation, year: SchoolYear, *, key: Key, today: date) -> None:
    """In spring, so that she has something to read back and Anna something to lay beside it."""
    closed_at = _moment(today, -150)
    earlier = Round.objects.create(
        id=key(school.name, "guardian round", "earlier"),
        school=school,
        year=_year_of(school, today - timedelta(days=164), year),
        instrument=FOR_GUARDIANS,
        version=1,
        title=now.round.title,
        opens_on=today - timedelta(days=164),
        closes_on=today - timedelta(days=150),
        closed_at=closed_at,
        closed_by=now.asked_by,
        asks=Round.Asks.GUARDIANS,
    )
    asked = GuardianInvitation.objects.create(
        **{**about, "round": earlier},
        id=key(school.name, "guardian answered"),
        reason="Wij willen weten hoe Noor het in haar nieuwe groep vindt.",
        asked_by=now.asked_by,
        asked_at=_moment(today, -164),
        answered_at=_moment(today, -160),
    )
    items = instrument(FOR_GUARDIANS, 1).coded
    answers = {item.key: item.low + (number * 2 + number // 3) % 4 for number, item in enumerate(items) if number != len(items) - 1}
    of_list = {"school": school, "guardian_invitation": asked, "submitted_at": _moment(today, -160)}
    GuardianList.objects.create(id=key(school.name, "guardian list"), answers={**answers, items[-1].key: "dont_know"}, **of_list)


def _team_round(school: School, year: SchoolYear, title: str, opens: int, closes: int, *, key: Key, today: date) -> Round:
    days = {"opens_on": today + timedelta(days=opens), "closes_on": today + timedelta(days=closes)}
    of_list = {"instrument": KIJKWIJZER, "version": 1, "asks": Round.Asks.STAFF}
    return Round.objects.create(id=key(school.name, "team round", title), school=school, year=year, title=title, **of_list, **days)


def _fill(made: Round, lists: int, time: int, *, key: Key) -> None:
    """Each with other answers, always the same ones; the second time a little better."""
    items = instrument(KIJKWIJZER, 1).coded
    rows = []
    for place in range(lists):
        lean = {item.key: (place * (number % 4 + 1) + number * 5 + place * place // 2) % 6 + time for number, item in enumerate(items)}
        answers = {item.key: sorted(item.codes)[min(lean[item.key] // 2, len(item.codes) - 1)] for item in items}
        pk = key(made.school.name, made.title, "filling", str(place))
        rows.append(AnonymousSubmission(id=pk, school=made.school, round=made, answers=answers))
    AnonymousSubmission.objects.bulk_create(sorted(rows, key=lambda row: row.pk))


def _invite(made: Round, people: Mapping[str, Membership], *, lists: int, key: Key) -> int:
    """How many of them filled it in: the first so many, if there are so many."""
    team = [hat for hat in people.values() if hat.school_id == made.school_id and hat.role in STAFF]
    StaffInvitation.objects.bulk_create(
        StaffInvitation(
            id=key(made.school.name, made.title, str(hat.pk)), school=made.school, round=made, membership=hat, answered=place < lists
        )
        for place, hat in enumerate(team)
    )
    return min(lists, len(team))
