"""How good the list is, fed from answered signals, reviews and plans: what was found and missed, how soon, and whether for everybody alike.

Nobody's name, and nothing of fewer than twenty. Of no pupil is kept what a fair comparison by gender or home would ask; Kring does not
compare those.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.access import Verb
from kring.core.attention import Channel, Level
from kring.core.list_quality import LOOKS_BACK, FollowedPupil, ListQuality, list_fairness, list_quality
from kring.core.plans import Kind
from kring.core.rule_quality import GroupRates, Portion, portion
from kring.core.school_types import SECONDARY, SchoolType
from kring.core.signal_quality import SignalQuality
from kring.web.access import may
from kring.web.attention.models import PupilAttention
from kring.web.gatherings.models import DiscussedPupil
from kring.web.plans.models import Plan
from kring.web.schools.models import Enrolment, Membership, live
from kring.web.signals.figures.queries import quality
from kring.web.signals.models import Signal, SignalAnswer

OF_PUPILS = (Kind.TRIAL, Kind.DEEPENED, Kind.DEVELOPMENT)
RIGHT = {SignalAnswer.Judgement.KNOWN.value: True, SignalAnswer.Judgement.NEW.value: True, SignalAnswer.Judgement.WRONG.value: False}
DECIDED = {
    DiscussedPupil.Decision.ACT.value: True,
    DiscussedPupil.Decision.PLAN.value: True,
    DiscussedPupil.Decision.EXPLAIN.value: False,
}
CHANNELS = frozenset(one.value for one in Channel)
FIRST_HALF = {False: 4, True: 2}  # the last year level of it, in primary and in secondary education


@dataclass(frozen=True, slots=True)
class FairnessTable:
    """One way to divide the pupils: each group with its rates, in the order of the school."""

    title: Promise
    rows: tuple[tuple[str, GroupRates, Portion], ...]
    flags: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListFigures:
    """Of the last half year."""

    since: date
    signals: tuple[tuple[Channel | None, SignalQuality], ...]
    lists: ListQuality
    fairness: tuple[FairnessTable, ...]
    plans_of_pupils: int
    plans_of_groups: int

    @property
    def both(self) -> SignalQuality:
        return self.signals[0][1]


def list_figures(actor: Membership, *, at: datetime) -> ListFigures:
    """A constant number of questions to the database."""
    since = at - LOOKS_BACK
    levels = dict(may(actor, Enrolment, Verb.READ, at=at).filter(live(at)).order_by("from_at").values_list("pupil_id", "year_level"))
    rows = _followed(actor, levels, since=since, at=at)
    lists = list_quality(list(rows.values()))
    return ListFigures(
        timezone.localdate(since),
        tuple(quality(actor, at=at, helped=(lists.found, lists.missed), flagged=_flagged(actor, levels, at))),
        lists,
        tuple(_fairness(title, rows, group_of, names) for title, group_of, names in _divided(SchoolType(actor.school.type), levels)),
        *_acts(actor, since, at),
    )


def _flagged(actor: Membership, levels: Mapping[UUID, int], at: datetime) -> tuple[int, int]:
    asking = may(actor, PupilAttention, Verb.READ, at=at).filter(pupil__in=levels).order_by()
    both = asking.values_list("inward_level", "outward_level")
    return sum(max(inward or 0, outward or 0) >= Level.DISCUSS for inward, outward in both), len(levels)


def _acts(actor: Membership, since: datetime, at: datetime) -> tuple[int, int]:
    """Where the school acts: plans of one pupil, and of a whole class, that were made in this half year."""
    made = may(actor, Plan, Verb.READ, at=at).filter(made_at__gt=since).exclude(state=Plan.State.DRAFT).order_by()
    groups = list(made.values_list("group_id", flat=True))
    of_groups = sum(group is not None for group in groups)
    return len(groups) - of_groups, of_groups


# ---- what is known of each pupil --------------------------------------------------------------------------------


def _followed(actor: Membership, pupils: Collection[UUID], *, since: datetime, at: datetime) -> dict[UUID, FollowedPupil]:
    """Of the pupils of now; what was seen up to half a year before help that began within this one counts too."""
    shown, said = defaultdict(list), defaultdict(list)
    for pupil, day, was_right in [*_signals(actor, since, at), *_discussed(actor, since, at)]:
        shown[pupil].append(day)
        said[pupil].append(was_right if day >= timezone.localdate(since) else None)
    helped = _helped(actor, since, at)
    return {
        one: FollowedPupil(
            tuple(day for day in shown[one] if one in helped or day >= timezone.localdate(since)), helped.get(one), _together(said[one])
        )
        for one in pupils
    }


def _together(said: Iterable[bool | None]) -> bool | None:
    """One yes goes before every no."""
    known = [one for one in said if one is not None]
    return any(known) if known else None


def _signals(actor: Membership, since: datetime, at: datetime) -> list[tuple[UUID, date, bool | None]]:
    rows = may(actor, Signal, Verb.READ, at=at).filter(made_at__gt=since - LOOKS_BACK, made_at__lte=at).exclude(pupil=None).order_by()
    answers = may(actor, SignalAnswer, Verb.READ, at=at).filter(signal__made_at__gt=since - LOOKS_BACK, answered_at__lte=at)
    judged = dict(answers.order_by("answered_at", "pk").values_list("signal_id", "judgement"))
    found = rows.values_list("pk", "pupil_id", "made_at")
    return [(pupil, timezone.localdate(made), RIGHT.get(judged.get(key, ""))) for key, pupil, made in found if pupil]


def _discussed(actor: Membership, since: datetime, at: datetime) -> list[tuple[UUID, date, bool | None]]:
    """Whom the list put on an agenda, by one of the channels."""
    rows = may(actor, DiscussedPupil, Verb.READ, at=at).filter(discussed_at__gt=since - LOOKS_BACK, discussed_at__lte=at).order_by()
    found = rows.values_list("pupil_id", "discussed_at", "because", "decision")
    return [(pupil, timezone.localdate(when), DECIDED.get(what)) for pupil, when, why, what in found if when and CHANNELS & set(why)]


def _helped(actor: Membership, since: datetime, at: datetime) -> dict[UUID, date]:
    """On which day the first plan for each pupil began in this half year; what goes on with an earlier plan is no beginning."""
    plans = may(actor, Plan, Verb.READ, at=at).filter(kind__in=[one.value for one in OF_PUPILS], previous=None, made_at__gt=since)
    begun = plans.exclude(pupil=None).exclude(state=Plan.State.DRAFT).order_by("-made_at").values_list("pupil_id", "starts_on", "made_at")
    return {pupil: starts_on or timezone.localdate(made) for pupil, starts_on, made in begun if pupil}


# ---- who is compared with whom ----------------------------------------------------------------------------------


Names = Mapping[str, str | Promise]


def _divided(school_type: SchoolType, levels: Mapping[UUID, int]) -> list[tuple[Promise, dict[UUID, str], Names]]:
    """By year level, and in two halves: of single levels there are seldom enough."""
    is_secondary = school_type in SECONDARY
    level_words = _("leerjaar %(level)s") if is_secondary else _("groep %(level)s")
    single = {str(level): level_words % {"level": level} for level in levels.values()}
    halves = {pupil: "1" if level <= FIRST_HALF[is_secondary] else "2" for pupil, level in levels.items()}
    by_level = {pupil: str(level) for pupil, level in levels.items()}
    return [(_("Per leerjaar"), by_level, single), (_("Onderbouw en bovenbouw"), halves, {"1": _("de onderbouw"), "2": _("de bovenbouw")})]


def _fairness(title: Promise, rows: Mapping[UUID, FollowedPupil], group_of: Mapping[UUID, str], names: Names) -> FairnessTable:
    grouped = {pupil: replace(one, group=group_of[pupil]) for pupil, one in rows.items()}
    found = list_fairness(grouped.values())
    listed = tuple((str(names[one.group]), one, _shown(grouped.values(), one.group)) for one in found.groups)
    return FairnessTable(title, listed, tuple((str(names[one.lower]), str(names[one.higher])) for one in found.flags))


def _shown(rows: Iterable[FollowedPupil], group: str) -> Portion:
    """Of everybody in the group, also of whom nobody said anything."""
    of_group = [one.was_shown for one in rows if one.group == group]
    return portion(sum(of_group), len(of_group))
