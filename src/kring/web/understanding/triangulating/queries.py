"""What each angle says about one pupil: the newest of each, in words, with where it comes from. No sum, no score."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.absences import monday_of, school_days_in
from kring.core.access import Verb
from kring.core.attention.gathered import HOURS_A_DAY
from kring.core.bands import Band
from kring.core.groups import PupilScale
from kring.core.instruments import Informant
from kring.core.sociometry import Remark
from kring.core.triangulation import Angle, Picture, Says, picture, says_of, says_of_absence
from kring.documents.parts import Measurement
from kring.documents.pupil import differences
from kring.web.absences.models import AbsenceWeek
from kring.web.access import may
from kring.web.days import spoken_full_day
from kring.web.results.queries import Outcome, outcomes
from kring.web.results.reading.queries import measured_from_home, rows_from_home
from kring.web.school_results.queries import Safety, safety_of
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live
from kring.web.signals.models import Signal
from kring.web.sociograms.understanding.queries import about_pupil
from kring.web.surveys.queries import group_rounds
from kring.web.surveys.results import GroupRound
from kring.web.understanding.models import Voice

FRESH = timedelta(days=366)  # what is older says nothing of now
WEEKS = 12
NEWEST_SIGNALS = 3
ALONE = frozenset({Remark.NEVER_CHOSEN})
TO_SEE = frozenset({Remark.NO_MUTUAL, Remark.UNAWARE, Remark.FRAGILE, Remark.HANGS_ON_ABSENT})


@dataclass(frozen=True, slots=True)
class Seen:
    """One angle: what it says, in which words, where that comes from, and where one reads on."""

    angle: Angle
    says: Says = Says.TOO_LITTLE
    lines: tuple[str, ...] = ()
    source: str = ""
    quotes: tuple[tuple[str, str], ...] = ()  # who, and what they said themselves
    route: str = ""
    key: object = None


@dataclass(frozen=True, slots=True)
class Card:
    """The angles beside each other, how they agree, and where two lists clearly differ."""

    seen: tuple[Seen, ...]
    picture: Picture
    differences: tuple[str, ...]
    reading: Outcome | None  # the newest list with its four questions
    safety: Safety | None


def card(actor: Membership, pupil: Pupil, group: Group | None, *, at: datetime) -> Card:
    """Of a pupil; as far as this actor may read."""
    on = timezone.localdate(at)
    taken = [one for one in group_rounds(actor, pupil=pupil, round__opens_on__gte=on - FRESH) if one.results.answered]
    home = [(day, one) for day, one in measured_from_home(rows_from_home(actor, pupil, at=at), pupil) if on - day <= FRESH]
    said = _voices(actor, pupil)
    teacher, own = _newest(taken, Informant.TEACHER), _newest(taken, Informant.PUPIL)
    safety = safety_of(actor, group) if group else None
    seen = (
        _teacher(actor, pupil, teacher, on),
        _with_words(_list(Angle.PUPIL, own, pupil), said, Voice.Whose.PUPIL),
        _peers(actor, pupil),
        Seen(Angle.SAFETY),
        _absence(actor, pupil, at=at),
        _with_words(_home(home, pupil), said, Voice.Whose.GUARDIAN),
    )
    lists = [one.measurement for one in (teacher, own) if one] + [one for _day, one in home]
    return Card(
        seen, picture({one.angle: one.says for one in seen}), differences(str(pupil.pk), lists), _reading(actor, pupil, taken), safety
    )


def class_of(actor: Membership, pupil: Pupil, *, at: datetime) -> Group | None:
    """In which the pupil sits now."""
    return may(actor, Group, Verb.READ, at=at).filter(live(at, "enrolments__"), enrolments__pupil=pupil).order_by("name").first()


def _newest(taken: Sequence[GroupRound], informant: Informant) -> GroupRound | None:
    return next((one for one in taken if one.results.instrument.informant is informant), None)


def _reading(actor: Membership, pupil: Pupil, taken: Sequence[GroupRound]) -> Outcome | None:
    """The newest list that asks attention, or else the newest that was read."""
    found = outcomes(actor, pupil, taken)
    return next((one for one in found if one.is_to_be_read), next((one for one in found if one.reading), None))


# ---- the angles -----------------------------------------------------------------------------------------------------------


def _list(angle: Angle, found: GroupRound | None, pupil: Pupil) -> Seen:
    if found is None:
        return Seen(angle)
    scales = found.results.pupil(str(pupil.pk))
    source = f"{found.round.title}, {spoken_full_day(found.round.opens_on)}"
    return Seen(angle, says_of([one.band for one in scales]), tuple(_lines(scales)), source)


def _lines(scales: Iterable[PupilScale]) -> Iterator[str]:
    """What goes well first; what may be chance says so."""
    known = [one for one in scales if one.band is not Band.NO_SCORE]
    words = (
        (Band.GREEN, _("Gaat goed: %(scales)s.")),
        (Band.ORANGE, _("Let op: %(scales)s.")),
        (Band.RED, _("Vraagt aandacht: %(scales)s.")),
    )
    for band, line in words:
        if titles := [_maybe(one) for one in known if one.band is band]:
            yield line % {"scales": ", ".join(titles)}


def _maybe(one: PupilScale) -> str:
    return one.scale.title if one.certain else _("%(scale)s (kan toeval zijn)") % {"scale": one.scale.title}


def _teacher(actor: Membership, pupil: Pupil, found: GroupRound | None, on: date) -> Seen:
    """The list, and what colleagues wrote down that still counts."""
    seen = _list(Angle.TEACHER, found, pupil)
    signals = list(may(actor, Signal, Verb.READ).filter(pupil=pupil, counts_until_on__gte=on).order_by("-seen_at"))
    if not signals:
        return seen
    worried = {Says.WELL: Says.MIXED, Says.TOO_LITTLE: Says.ATTENTION}.get(seen.says, seen.says)
    counted = ngettext("Er is %(n)s observatie die nog telt.", "Er zijn %(n)s observaties die nog tellen.", len(signals)) % {
        "n": len(signals)
    }
    facts = tuple((spoken_full_day(timezone.localdate(one.seen_at)), one.fact) for one in signals[:NEWEST_SIGNALS])
    return replace(seen, says=worried, lines=(*seen.lines, counted), quotes=facts)


def _peers(actor: Membership, pupil: Pupil) -> Seen:
    found = about_pupil(actor, pupil)
    if found is None:
        return Seen(Angle.PEERS)
    says = Says.ATTENTION if found.signs & ALONE else Says.MIXED if found.signs & TO_SEE else Says.WELL
    chosen = _("Gekozen door %(counts)s.") % {"counts": found.counts}
    source = f"{found.row.round.title}, {spoken_full_day(found.row.round.opens_on)}"
    remarks = tuple(f"{one[:1].upper()}{one[1:]}." for one in found.remarks)
    return Seen(Angle.PEERS, says, (chosen, *remarks), source, route="sociogram_facts", key=found.row.pk)


def _absence(actor: Membership, pupil: Pupil, *, at: datetime) -> Seen:
    on = timezone.localdate(at)
    lately = may(actor, AbsenceWeek, Verb.READ).filter(week_on__gt=on - timedelta(weeks=WEEKS), week_on__lte=on)
    weeks = list(lately.filter(pupil=pupil))
    if not weeks:
        return Seen(Angle.ABSENCE)
    counted, school_days = _counted(actor, pupil, lately, at=at)
    spells, sick = sum(one.sick_reports for one in weeks), sum(one.sick_days for one in weeks)
    hours = sum((one.hours_allowed + one.hours_not_allowed for one in weeks), Decimal(0))
    says = says_of_absence(school_days, sick + float(hours) / HOURS_A_DAY, spells)
    lines = (
        ngettext("In %(n)s week geteld.", "In %(n)s weken geteld.", len(counted)) % {"n": len(counted)},
        _("Ziekmeldingen: %(spells)s, samen %(days)s schooldagen. Uren verlof of verzuim: %(hours)s.")
        % {"spells": spells, "days": sick, "hours": f"{hours.normalize():f}".replace(".", ",")},
    )
    source = _("Getypte weken van %(first)s tot en met %(last)s") % {
        "first": spoken_full_day(counted[0]),
        "last": spoken_full_day(counted[-1]),
    }
    return Seen(Angle.ABSENCE, says, lines, source)


def _counted(actor: Membership, pupil: Pupil, lately: QuerySet[AbsenceWeek], *, at: datetime) -> tuple[list[date], int]:
    """The weeks that were counted, and their school days.

    A week in which nothing was the matter with a pupil leaves no row: that somebody of the class has one says that the week was counted.
    """
    sits = may(actor, Enrolment, Verb.READ, at=at).filter(live(at))
    own = list(sits.filter(pupil=pupil).values_list("group_id", "from_at"))
    came = monday_of(timezone.localdate(min(from_at for _group, from_at in own))) if own else timezone.localdate(at)
    of_class = Q(pupil__in=sits.filter(group__in=[group for group, _from in own]).values("pupil"), week_on__gte=came)
    counted = sorted(set(lately.filter(of_class | Q(pupil=pupil)).values_list("week_on", flat=True)))
    calendar, group = calendar_of(actor.school), str(own[0][0]) if own else None
    return counted, sum(school_days_in(calendar, monday, group=group) for monday in counted)


def _home(lists: Sequence[tuple[date, Measurement]], pupil: Pupil) -> Seen:
    """Each parent apart: the newest list of each, and never two together."""
    newest = {one.by: (day, one) for day, one in reversed(lists)}
    if not newest:
        return Seen(Angle.HOME)
    said, lines, sources = set(), [], []
    for by, (day, one) in sorted(newest.items()):
        scales = one.results.pupil(str(pupil.pk))
        said.add(says_of([scale.band for scale in scales]))
        lines += [f"{by}: {line}" for line in _lines(scales)]
        sources.append(f"{by}, {spoken_full_day(day)}")
    known = said - {Says.TOO_LITTLE}
    says = next(iter(known)) if len(known) == 1 else Says.MIXED if known else Says.TOO_LITTLE
    return Seen(Angle.HOME, says, tuple(lines), "; ".join(sources))


# ---- own words ------------------------------------------------------------------------------------------------------------


def _voices(actor: Membership, pupil: Pupil) -> list[Voice]:
    rows = may(actor, Voice, Verb.READ).filter(pupil=pupil, written_at__isnull=False).exclude(whose=Voice.Whose.SCHOOL)
    return list(rows.select_related("guardian", "pupil").order_by("-written_at"))


def _with_words(seen: Seen, said: Iterable[Voice], whose: str) -> Seen:
    """The newest own words of each; they are quoted, and never weighed."""
    newest: dict[object, tuple[str, str]] = {}
    for one in said:
        if one.whose == whose and one.overview.strip():
            newest.setdefault(one.guardian_id, (str(one.guardian or one.pupil), one.overview))
    return replace(seen, quotes=(*seen.quotes, *newest.values()))
