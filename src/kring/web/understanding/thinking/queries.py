"""What an understanding can rest on: the rows that are there, to be picked and never retyped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kring.core import understanding as rules
from kring.core.access import Role, Verb
from kring.core.understanding import Source, SourceKind, Thought, blamed, needs_of
from kring.web.absences.models import AbsenceWeek
from kring.web.access import may
from kring.web.gatherings.models import Gathering
from kring.web.results.reading.queries import rows_from_home
from kring.web.schools.models import Assignment, Enrolment, Group, Membership, Pupil, live
from kring.web.signals.models import Signal
from kring.web.signals.words import PLACES
from kring.web.sociograms.models import Sociogram
from kring.web.surveys.models import Invitation, Round, Submission
from kring.web.understanding.models import Understanding, UnderstandingSource
from kring.web.understanding.queries import pupils_of

LONGEST_LABEL = 90
LISTS = {Round.Asks.PUPILS: SourceKind.OWN_LIST, Round.Asks.TEACHERS: SourceKind.TEACHER_LIST}


@dataclass(frozen=True, slots=True)
class Choice:
    """A row that may be picked; `route` is its own page, with its key, where there is one."""

    kind: SourceKind
    row: UUID
    label: str
    on: date
    route: str = ""
    activity: str = ""

    @property
    def value(self) -> str:
        return f"{self.kind.value}:{self.row}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A source as it stands on the page: picked, or in words; nothing of what this reader may not read."""

    row: UnderstandingSource
    choice: Choice | None

    @property
    def is_hidden(self) -> bool:
        return self.choice is None and not self.row.words


def choices(actor: Membership, found: Understanding, *, at: datetime) -> list[Choice]:
    """The newest first. As many questions to the database for three rows as for one."""
    of = _of_pupil(actor, found.pupil, at) if found.pupil else _of_group(actor, found.group, at) if found.group else iter(())
    return sorted(of, key=lambda one: (-one.on.toordinal(), one.kind, one.label, str(one.row)))


def _of_pupil(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Choice]:
    lists = may(actor, Submission, Verb.READ, at=at).filter(invitation__pupil=pupil, invitation__round__closed_at__isnull=False)
    for one in lists.select_related("invitation__round"):
        asked = one.invitation.round
        if asked.asks in LISTS and asked.offered.items:  # choosing classmates is another kind
            yield Choice(LISTS[Round.Asks(asked.asks)], one.invitation_id, asked.title, asked.opens_on, "pupil_answers")
    for asked_home in (one.guardian_invitation for one in rows_from_home(actor, pupil, at=at)):
        title = f"{asked_home.round.title} ({asked_home.guardian})"
        yield Choice(SourceKind.GUARDIAN_LIST, asked_home.pk, title, asked_home.round.opens_on, "guardian_answers")
    yield from _seen(actor, at, pupil=pupil)
    yield from _talked(actor, at, pupil=pupil)
    week = may(actor, AbsenceWeek, Verb.READ, at=at).filter(pupil=pupil).order_by("-week_on").first()
    if week:
        yield Choice(SourceKind.ABSENCE, week.pk, _("Verzuim, zoals het per week is geteld"), week.week_on)
    yield from _chosen(actor, at, listed__pupil=pupil)


def _of_group(actor: Membership, group: Group, at: datetime) -> Iterator[Choice]:
    asked = may(actor, Invitation, Verb.READ, at=at).filter(group=group, round__closed_at__isnull=False, round__asks__in=list(LISTS))
    for one in may(actor, Round, Verb.READ, at=at).filter(pk__in=asked.values("round")):
        if one.offered.items:
            yield Choice(LISTS[Round.Asks(one.asks)], one.pk, one.title, one.opens_on, "round")
    yield from _seen(actor, at, group=group, pupil=None)
    yield from _talked(actor, at, group=group, pupil=None)
    yield from _chosen(actor, at, group=group)


def _seen(actor: Membership, at: datetime, **of: object) -> Iterator[Choice]:
    for one in may(actor, Signal, Verb.READ, at=at).filter(**of):
        yield Choice(SourceKind.SIGNAL, one.pk, _short(one.fact), timezone.localdate(one.seen_at), activity=_place(one.place))


def _place(place: str) -> str:
    """Where it was seen is during what it was seen."""
    return next((str(word) for key, word in PLACES.items() if key == place), "")


def _talked(actor: Membership, at: datetime, **of: object) -> Iterator[Choice]:
    """Talks that were held; what is planned tells nothing yet."""
    for one in may(actor, Gathering, Verb.READ, at=at).filter(held_at__lte=at, **of):
        yield Choice(SourceKind.TALK, one.pk, f"{one.get_kind_display()}: {_short(one.purpose)}", timezone.localdate(one.held_at))


def _chosen(actor: Membership, at: datetime, **of: object) -> Iterator[Choice]:
    for one in may(actor, Sociogram, Verb.READ, at=at).filter(**of).select_related("round").distinct():
        yield Choice(SourceKind.SOCIOGRAM, one.pk, one.round.title, one.round.opens_on, "sociogram_facts")


def newest_sociogram(actor: Membership, group: Group) -> Sociogram | None:
    """In which the small groups of a class can be seen: context, and of one question never a fact."""
    return may(actor, Sociogram, Verb.READ).filter(group=group).select_related("round").order_by("-round__opens_on", "pk").first()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LABEL else f"{line[:LONGEST_LABEL].rstrip()}…"


# ---- what was picked ------------------------------------------------------------------------------------------------------


def sources(actor: Membership, found: Understanding, *, at: datetime) -> list[Shown]:
    """What it rests on; of a row that went, or that one may not read, only that it is there."""
    rows = list(may(actor, UnderstandingSource, Verb.READ).filter(understanding=found).order_by("kind", "-says_on", "pk"))
    there = {(one.kind.value, one.row): one for one in choices(actor, found, at=at)}
    return [Shown(row, there.get((row.kind, row.row)) if row.row else None) for row in rows]


def plain_sources(found: Understanding) -> list[Source]:
    """The same as the rules ask."""
    rows = UnderstandingSource.objects.filter(understanding=found)
    return [Source(SourceKind(one.kind), str(one.row) if one.row else "", one.words, one.activity) for one in rows]


def thought(found: Understanding) -> Thought:
    """What was written, as the rules ask."""
    return Thought(found.goes_well, found.in_pupil, found.in_surroundings, needs_of(found.needs))


def names_of_class(actor: Membership, found: Understanding, *, at: datetime) -> list[str]:
    """The given names of a class, so that none of them is made the cause."""
    return list(pupils_of(actor, found.group, at=at).values_list("given_name", flat=True).order_by("sort_name")) if found.group else []


def blamed_in(actor: Membership, found: Understanding, *, at: datetime) -> tuple[str, ...]:
    """Who of the class is named where something is explained."""
    names = names_of_class(actor, found, at=at)
    return blamed(found.class_questions, names, besides=[found.can_be_better, found.not_yet, found.in_surroundings, found.in_pupil])


def refuse_unfinished(actor: Membership, found: Understanding, *, at: datetime) -> None:
    """What stands in the way of settling: raises the first rule that is not met."""
    sources = plain_sources(found)
    if found.group is None:
        rules.refuse_unsettled(thought(found), sources)
        return
    names, texts = names_of_class(actor, found, at=at), [found.can_be_better, found.not_yet, found.in_pupil, found.in_surroundings]
    rules.refuse_class_unsettled(found.goes_well, found.class_questions, sources, names=names, texts=texts)


# ---- who can look along -----------------------------------------------------------------------------------------------------


def observers(actor: Membership, group: Group, *, at: datetime) -> list[Membership]:
    """The coordinators, and who taught these pupils before and works here still; not oneself."""
    pupils = Enrolment.objects.filter(live(at), group=group).values("pupil")
    before = Enrolment.objects.filter(pupil__in=pupils).exclude(group=group).values("group")
    taught = Assignment.objects.filter(group__in=before).values("membership")
    here = may(actor, Membership, Verb.COUNT, at=at).filter(live(at), person__is_active=True).exclude(person=actor.person_id)
    found = here.filter(role=Role.COORDINATOR.value) | here.filter(pk__in=taught)
    return list(found.select_related("person").distinct().order_by("person__given_name", "pk"))
