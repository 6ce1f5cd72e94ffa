"""What Anna did with the results of 6A: she read some with care, chose a direction, and talked with Noor and with Els, who answered."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kring.core.answers import Missing
from kring.core.instruments import Level
from kring.web.results.choosing.queries import fitting
from kring.web.results.models import CriticalReading, Direction, ResultResponse, ScaleProfile
from kring.web.results.queries import Outcome, outcome_of, to_read
from kring.web.results.showing.queries import frozen
from kring.web.schools.models import Group, Guardian, Membership, Pupil, School
from kring.web.surveys.answers import Given, given
from kring.web.surveys.intake import Incoming, take_submissions
from kring.web.surveys.models import Invitation, Round, Submission
from kring.web.surveys.queries import group_rounds

Key = Callable[..., UUID]
DAY = timedelta(days=1)
FOUR_WEEKS = timedelta(days=28)
TEACHER_LIST, FIRST_LOOK = "kring-leerkracht", "Leerkrachtlijst, de eerste weken"
READ = 3  # so many of 6A are read; the others wait
ANSWERS = {"q1": 2, "q2": 2, "q3": 1}
TEXTS = {"o1": "In de pauze doet het kind mee, in de les is het stil.", "o2": "In 6A voelen de meeste kinderen zich veilig."}
WHY_NOT = "Hiermee zijn we in groep 5 al begonnen; dat loopt nog."
NOOR_SAYS = "Ik vind school leuk, alleen rekenen niet. In de pauze ben ik graag met Sem."
ELS_SAYS = "Thuis vertelt Noor veel. Wij herkennen dat zij moet wennen aan de groep. Fijn dat jullie het zeggen."


def act_on_results(school: School, members: Mapping[str, Membership], *, key: Key, now: datetime) -> None:
    """At the school of Anna, about the last list that is closed."""
    anna = members.get("anna")
    if anna is None or anna.school_id != school.pk:
        return
    group = Group.objects.filter(school=school, name="6A").select_related("school", "year").order_by("-year__starts_on")[0]
    _first_look(group, anna, key=key, now=now)
    closed = Round.objects.filter(school=school, asks=Round.Asks.PUPILS, closed_at__isnull=False, invitations__pupil__person__isnull=False)
    about_noor = Invitation.objects.filter(round__in=closed, pupil__given_name="Noor", pupil__person__isnull=False)
    for asked in about_noor.select_related("round", "group", "pupil").order_by("-round__opens_on"):
        outcome = outcome_of(anna, asked)
        if outcome is not None:
            _shown(outcome, anna, key=key, now=now)
            break
    waiting = [one for one in to_read(anna, group_rounds(anna, group=group)) if one.reading is None]
    for number, one in enumerate(waiting[:READ]):
        _read(Invitation.objects.select_related("round", "group", "pupil").get(pk=one.invitation), anna, number, key=key, now=now)


def _first_look(group: Group, anna: Membership, *, key: Key, now: datetime) -> None:
    """A list that Anna filled in about her new group, four weeks ago, and that is closed: much as in spring, of some quite other."""
    before = Submission.objects.filter(invitation__round__instrument=TEACHER_LIST, invitation__pupil__enrolments__group=group)
    last = {one.invitation.pupil_id: one for one in before.select_related("invitation__round").order_by("invitation__round__opens_on")}
    if not last:
        return
    newest = next(reversed(last.values())).invitation.round
    opens_on = max(timezone.localdate(now) - FOUR_WEEKS, group.year.starts_on)
    made = Round.objects.create(
        id=key(anna.school.name, "first look"),
        school=group.school,
        year=group.year,
        instrument=newest.instrument,
        version=newest.version,
        title=FIRST_LOOK,
        opens_on=opens_on,
        closes_on=opens_on + 4 * DAY,
        asks=Round.Asks.TEACHERS,
    )
    rows = [
        Incoming(pupil, group.pk, _much_the_same(one, made, number), now - FOUR_WEEKS + 3 * DAY)
        for number, (pupil, one) in enumerate(sorted(last.items()))
        if one.invitation.round.version == newest.version
    ]
    take_submissions(made, rows)
    Round.objects.filter(pk=made.pk).update(closed_at=now - FOUR_WEEKS + 4 * DAY, closed_by=anna)


def _much_the_same(before: Submission, made: Round, number: int) -> Given:
    """One answer in seven a step away; of one pupil in six a whole scale as unfavourable as can be."""
    asked, found = made.offered, dict(given(before.answers))
    for place, item in enumerate(asked.coded):
        code = found.get(item.key)
        if isinstance(code, int) and not isinstance(code, Missing) and (place + number) % 7 == 0:
            found[item.key] = code + 1 if code < item.high else code - 1
    if number % 6 == 1:
        scale = asked.scales[number % len(asked.scales)]
        low, high = asked.range_of(scale)
        found |= {one.item: low if one.sign * scale.direction > 0 else high for one in scale.items}
    return found


def _shown(outcome: Outcome, anna: Membership, *, key: Key, now: datetime) -> None:
    """Four days ago to Noor, the day after to Els; each said something."""
    noor: Pupil = outcome.invitation.pupil
    els = Guardian.objects.get(school=noor.school_id, guardianships__pupil=noor, guardianships__has_authority=True)
    row = ScaleProfile.objects.create(
        id=key(anna.school.name, "shown", str(outcome.round.pk)),
        school_id=noor.school_id,
        pupil=noor,
        round=outcome.round,
        lines=frozen(outcome),
        shown_by=anna,
        shown_to_pupil_at=now - 4 * DAY,
        shown_to_guardians_at=now - 3 * DAY,
    )
    ResultResponse.objects.bulk_create(
        ResultResponse(id=key(anna.school.name, "said", who), school_id=noor.school_id, profile=row, guardian=one, text=text, said_at=at)
        for who, one, text, at in (("noor", None, NOOR_SAYS, now - 3 * DAY), ("els", els, ELS_SAYS, now - 2 * DAY))
    )


def _read(asked: Invitation, anna: Membership, number: int, *, key: Key, now: datetime) -> None:
    """The first two lead somewhere as well."""
    about = {"school_id": asked.school_id, "id": key(anna.school.name, "read", str(asked.pk))}
    CriticalReading.objects.create(**about, invitation=asked, answers=ANSWERS, texts=TEXTS, read_by=anna, read_at=now - DAY)
    outcome = outcome_of(anna, asked)
    if number == READ - 1 or outcome is None:
        return
    scale = outcome.flagged[0].scale.key
    for place, entry in enumerate(fitting(scale, Level.PUPIL, asked.group)[:2]):
        Direction.objects.create(
            id=key(anna.school.name, "direction", str(asked.pk), entry.key),
            school_id=asked.school_id,
            round=asked.round,
            group=asked.group,
            pupil=asked.pupil,
            scale=scale,
            entry=entry.key,
            entry_version=entry.version,
            is_taken=place == 0,
            reason="" if place == 0 else WHY_NOT,
            chosen_by=anna,
            chosen_at=now - DAY,
        )
