"""The trainings that an actor may know of, who takes part, and the classes for which the school wants one."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.core.access import Record, Role, Verb, roles_that
from kring.core.consents import PUPIL
from kring.core.trainings import RESILIENCE_YEAR, Topic, agreed_since, classes_without
from kring.documents.spreadsheets import Table
from kring.web.access import may
from kring.web.consents.queries import deciders_of, deciders_of_each
from kring.web.due import Due
from kring.web.page import hat_label
from kring.web.schools.models import Group, Guardian, Guardianship, Membership, Pupil, live
from kring.web.trainings.models import Training, TrainingAttendance, TrainingPlace, TrainingSession, TrainingWish

GIVERS: Final = roles_that(Record.TRAINING, Verb.READ)
SHOWN: Final = ("now", "closed", "all")


@dataclass(frozen=True, slots=True)
class Line:
    """A training as the list shows it."""

    row: Training
    taken: int
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody chose to see."""

    show: str = "now"
    topic: str = ""


def wanted(show: str, topic: str) -> Wanted:
    """What can be chosen; anything else is as if it was not said."""
    return Wanted(show if show in SHOWN else "now", topic if topic in set(Topic) else "")


def lines(actor: Membership, asked: Wanted, *, at: datetime) -> list[Line]:
    """The newest first."""
    rows = may(actor, Training, Verb.READ, at=at).select_related("trainer__person", "group")
    if asked.show != "all":
        rows = rows.filter(closed_at__isnull=asked.show == "now")
    if asked.topic:
        rows = rows.filter(topic=asked.topic)
    found, on = list(rows), timezone.localdate(at)
    places = may(actor, TrainingPlace, Verb.READ, at=at).filter(training__in=found, left_at=None).values_list("training_id", flat=True)
    sessions = may(actor, TrainingSession, Verb.READ, at=at).filter(training__in=found, day__gte=on).order_by("day")
    taken, days = list(places), list(sessions.values_list("training_id", "day"))
    return [Line(row, taken.count(row.pk), next((day for key, day in days if key == row.pk), None)) for row in found]


def table(found: Sequence[Line]) -> Table:
    """The list as plain rows: no pupil is in it."""
    columns = (_("Training"), _("Onderwerp"), _("Begeleider"), _("Van buiten"), _("Van"), _("Tot en met"), _("Deelnemers"), _("Plaatsen"))
    rows = [
        (
            *(one.row.title, str(one.row.get_topic_display()), str(one.row.trainer.person), one.row.outside),
            *(one.row.starts_on, one.row.ends_on, one.taken, one.row.most),
        )
        for one in found
    ]
    return Table(_("Trainingen"), columns, rows)


def trainers(actor: Membership, *, at: datetime) -> list[tuple[str, str]]:
    """Who of the school can give one, or look after one from outside."""
    here = Membership.objects.filter(live(at), school=actor.school_id, role__in=[role.value for role in GIVERS], person__is_active=True)
    ordered = here.select_related("person", "school").order_by("person__given_name", "person__family_name", "role")
    return [(str(hat.pk), f"{hat.person}, {hat_label(hat)}") for hat in ordered]


def classes(actor: Membership, *, at: datetime) -> list[Group]:
    """Of this school year."""
    on = timezone.localdate(at)
    return list(may(actor, Group, Verb.READ, at=at).filter(year__starts_on__lte=on, year__ends_on__gte=on).order_by("name"))


# ---- one training ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """One pupil at one meeting; `came` is None as long as nobody has said."""

    session: TrainingSession
    came: bool | None
    may_say: bool


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A pupil who takes part, with every meeting."""

    row: TrainingPlace
    agreed_on: date | None  # the day on which the last of everybody with a say said yes
    cells: tuple[Cell, ...]

    @property
    def has_transfer(self) -> bool:
        return self.row.transfer_on is not None


def places_of(actor: Membership, training: Training, *, at: datetime) -> list[PlaceLine]:
    """Who takes part now, by name."""
    found = may(actor, TrainingPlace, Verb.READ, at=at).filter(training=training, left_at=None).select_related("pupil__school")
    rows = list(found.order_by("pupil__sort_name", "pk"))
    needed = deciders_of_each((row.pupil for row in rows), at=at)
    agreed = {row.pk: agreed_since(needed[row.pupil_id], row.said_yes()) for row in rows}
    sessions, on = sessions_of(actor, training, at=at), timezone.localdate(at)
    said = may(actor, TrainingAttendance, Verb.READ, at=at).filter(session__training=training)
    came = {(place, session): was for place, session, was in said.values_list("place_id", "session_id", "came")}
    return [
        PlaceLine(
            row,
            agreed[row.pk],
            tuple(Cell(one, came.get((row.pk, one.pk)), one.day <= on and _is_by(agreed[row.pk], one.day)) for one in sessions),
        )
        for row in rows
    ]


def _is_by(agreed_on: date | None, day: date) -> bool:
    return agreed_on is not None and agreed_on <= day


def sessions_of(actor: Membership, training: Training, *, at: datetime) -> list[TrainingSession]:
    """By day."""
    return list(may(actor, TrainingSession, Verb.READ, at=at).filter(training=training).order_by("day"))


def pupils_to_add(actor: Membership, training: Training, *, at: datetime) -> list[Pupil]:
    """Whom this hat may see and who does not take part."""
    there = TrainingPlace.objects.filter(training=training, left_at=None).values("pupil")
    return list(may(actor, Pupil, Verb.READ, at=at).exclude(pk__in=there).order_by("sort_name", "pk"))


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whose yes is needed, and the day on which it was said."""

    key: str
    name: str
    said_on: date | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How it stands with the yes of everybody with a say; `voices` are those of them whom this hat may know."""

    since: date | None
    voices: tuple[Voice, ...]


def agreement_of(actor: Membership, place: TrainingPlace, *, at: datetime) -> Agreement:
    """Under sixteen every guardian with authority, from sixteen the pupil (core.consents)."""
    needed, yes = deciders_of(place.pupil, at=at), place.said_yes()
    known: list[tuple[Hashable, str, str]] = [(one.pk, str(one.pk), str(one)) for one in guardians_of(actor, place.pupil, at=at)]
    oneself = (PUPIL, place.ONESELF, _("%(name)s zelf") % {"name": place.pupil.given_name})
    voices = (Voice(key, name, yes.get(who)) for who, key, name in (oneself, *known) if who in needed.everybody())
    return Agreement(agreed_since(needed, yes), tuple(voices))


def guardians_of(actor: Membership, pupil: Pupil, *, at: datetime) -> list[Guardian]:
    """With authority, and known to this hat."""
    ties = may(actor, Guardianship, Verb.READ, at=at).filter(live(at), pupil=pupil, has_authority=True)
    return [tie.guardian for tie in ties.select_related("guardian").order_by("from_at", "pk")]


# ---- what the school wants ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Missing:
    """The classes of groep 7 without a training in resilience this school year; only where the school wants one."""

    is_on: bool
    groups: tuple[Group, ...]


def resilience(actor: Membership, *, at: datetime) -> Missing | None:
    """None for who does not decide about it."""
    if Role(actor.role) not in roles_that(Record.TRAINING_WISH, Verb.READ):
        return None
    asked = {"topic": Topic.RESILIENCE.value, "year_level": RESILIENCE_YEAR}
    if not may(actor, TrainingWish, Verb.READ, at=at).filter(live(at), **asked).exists():
        return Missing(is_on=False, groups=())
    here = {group: group.year_levels for group in classes(actor, at=at)}
    planned = may(actor, Training, Verb.READ, at=at).filter(group__in=here, topic=Topic.RESILIENCE.value).values_list("group_id", flat=True)
    have = [group for group in here if group.pk in set(planned)]
    return Missing(is_on=True, groups=tuple(classes_without(here, have, year=RESILIENCE_YEAR)))


# ---- what is due ----------------------------------------------------------------------------------------------


def due_lines(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> Iterator[Due]:
    """Trainings that run, with the last day; who takes part is in none of the lines."""
    if pupil is not None or Role(actor.role) not in GIVERS:
        return
    on = timezone.localdate(at)
    rows = may(actor, Training, Verb.READ, at=at).filter(closed_at=None, starts_on__lte=on)
    for key, title, day in rows.order_by("ends_on", "pk").values_list("pk", "title", "ends_on"):
        state = _("nog afsluiten") if day < on else _("loopt")
        yield Due(_("Training"), reverse("training", args=[actor.pk, key]), day, day < on, None, None, title, state)


# ---- the page of a pupil --------------------------------------------------------------------------------------


def on_pupil_page(actor: Membership, pupil: Pupil, *, at: datetime) -> list[TrainingPlace] | None:
    """The trainings of this pupil that the actor may know of; nothing where there are none."""
    if Role(actor.role) not in roles_that(Record.TRAINING_PLACE, Verb.READ):
        return None
    rows = may(actor, TrainingPlace, Verb.READ, at=at).filter(pupil=pupil, left_at=None)
    return list(rows.select_related("training").order_by("-training__starts_on", "pk")) or None
