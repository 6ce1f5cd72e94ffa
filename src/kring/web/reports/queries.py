"""What the pages of a group and a pupil show: names, rounds, results and sociograms, as far as one may see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from kring.core.access import Verb
from kring.core.attention.quiet import QuietPupil, quiet_pupils
from kring.documents.reports import GroupReport, Measurement, PupilReport, Said, SociogramPart
from kring.documents.scales import name_order
from kring.documents.words import informant_word
from kring.web.access import may
from kring.web.days import spoken_month
from kring.web.models import MovedList
from kring.web.results.models import ResultResponse
from kring.web.results.queries import responses_of
from kring.web.results.reading.queries import measured_from_home, rows_from_home
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, SchoolYear, live
from kring.web.schools.naming import ListedName, group_label, listed_names
from kring.web.sociograms.models import Sociogram
from kring.web.sociograms.queries import GroupSociogram, questions_of, sociograms
from kring.web.sociograms.understanding.counted import groups_are_sure
from kring.web.surveys.models import GuardianList
from kring.web.surveys.queries import RoundLine, group_rounds, newest_rounds, rounds_of_group, rounds_of_pupil
from kring.web.surveys.results import GroupRound


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list: how many pupils there are now, and its newest round."""

    group: Group
    pupils: int
    newest: RoundLine | None


@dataclass(frozen=True, slots=True)
class YearOfGroups:
    """The groups of one school year."""

    year: SchoolYear
    lines: tuple[GroupLine, ...]


def groups_by_year(actor: Membership, *, at: datetime) -> list[YearOfGroups]:
    """All groups that the actor may see, the newest year first."""
    found = list(may(actor, Group, Verb.READ).select_related("year").order_by("-year__starts_on", "name"))
    counts = _pupil_counts(actor, found, at)
    newest = newest_rounds(actor, found)
    years: dict[SchoolYear, list[GroupLine]] = {}
    for group in found:
        years.setdefault(group.year, []).append(GroupLine(group, counts.get(group.pk, 0), newest.get(group.pk)))
    return [YearOfGroups(year, tuple(lines)) for year, lines in years.items()]


def running_groups(actor: Membership, *, at: datetime) -> list[Group]:
    """The actor's groups of the school year that runs now."""
    today = timezone.localdate(at)
    running = may(actor, Group, Verb.READ).filter(year__starts_on__lte=today, year__ends_on__gte=today)
    return list(running.select_related("year").order_by("name"))


def _pupil_counts(actor: Membership, groups: Sequence[Group], at: datetime) -> dict[UUID, int]:
    enrolled = may(actor, Enrolment, Verb.READ).filter(live(at), group__in=groups)
    return dict(enrolled.values_list("group_id").annotate(pupils=Count("pupil", distinct=True)))


def pupils_of(actor: Membership, group: Group, *, at: datetime) -> list[UUID]:
    """Who sits in a group: as it is now, or as it was on the last day of its year."""
    moment = min(at, _start_of(group.year.ends_on))
    enrolled = may(actor, Enrolment, Verb.READ).filter(live(moment), group=group).order_by("pupil__sort_name", "pupil_id")
    return list(enrolled.values_list("pupil_id", flat=True))


def by_name(pupils: Iterable[UUID], named: Mapping[str, ListedName]) -> list[ListedName]:
    """Each once, in the order of their names."""
    return sorted((named[key] for key in dict.fromkeys(map(str, pupils))), key=lambda one: name_order(one.name))


def names_on_page(
    actor: Membership, taken: Sequence[GroupRound], pictures: Sequence[GroupSociogram], pupils: Iterable[UUID] = ()
) -> dict[str, ListedName]:
    """Everybody on the page of a group; who left has one number on all of it."""
    listed = chain(*(one.names for one in taken), *(one.names for one in pictures))
    return _named(actor, chain(map(UUID, listed), pupils))


def _named(actor: Membership, pupils: Iterable[UUID]) -> dict[str, ListedName]:
    listed = list(pupils)
    return listed_names(listed, may(actor, Pupil, Verb.READ).filter(pk__in=listed))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def groups_of(actor: Membership, pupil: Pupil, *, at: datetime) -> list[Group]:
    """The groups where a pupil sits now."""
    enrolled = may(actor, Enrolment, Verb.READ).filter(live(at), pupil=pupil)
    return list(may(actor, Group, Verb.READ).filter(pk__in=enrolled.values("group")).select_related("year"))


def moved_lists(actor: Membership, pupil: Pupil) -> list[MovedList]:
    """The lists that stood with another pupil or with this one, and were moved for good."""
    rows = may(actor, MovedList, Verb.READ).filter(Q(pupil=pupil) | Q(to_pupil=pupil), undone_at=None)
    return list(rows.select_related("round"))


@dataclass(frozen=True, slots=True)
class RoundOfGroup:
    """A round of a group, with its sociogram if that may be read."""

    line: RoundLine
    sociogram: UUID | None


def group_lines(actor: Membership, group: Group, pictures: Sequence[GroupSociogram]) -> list[RoundOfGroup]:
    """The rounds that asked something of this group, the newest first."""
    drawn = {one.row.round_id: one.row.pk for one in pictures}
    return [RoundOfGroup(line, drawn.get(line.round.pk)) for line in rounds_of_group(actor, group)]


def group_sociograms(actor: Membership, group: Group) -> tuple[GroupSociogram, ...]:
    """The sociograms of a group, the newest first."""
    return sociograms(actor, group=group)


def group_report(
    actor: Membership,
    group: Group,
    pictures: Sequence[GroupSociogram],
    *,
    on: date,
    taken: Sequence[GroupRound] | None = None,
    named: Mapping[str, ListedName] | None = None,
) -> GroupReport:
    """Everything about a group that the actor may see, the newest first; who left has one number on the whole page, and no link. `taken`
    and `named`: its lists and the names of its page, where they were read."""
    taken = group_rounds(actor, group=group) if taken is None else taken
    named = names_on_page(actor, taken, pictures) if named is None else named
    return GroupReport(
        group=capfirst(group_label(group, actor.school)),
        made_on=on,
        names={one.key: one.name for one in named.values()},
        school=actor.school.name,
        period=group.year.label,
        addresses={one.key: reverse("pupil", args=[actor.pk, one.key]) for one in named.values() if one.readable},
        measurements=tuple(one.measurement for one in taken),
        sociograms=tuple(
            part_of(one, sure=groups_are_sure(one.picture.sociogram, one.row.sureness)) for one in pictures if is_drawn(one.row)
        ),
    )


@dataclass(frozen=True, slots=True)
class QuietLine:
    """A pupil who asks for a look, with why: scales with the word for who filled them in, and whether the colour is unsure."""

    name: ListedName
    scales: tuple[tuple[str, str, bool], ...]
    is_unchosen: bool


@dataclass(frozen=True, slots=True)
class QuietLines:
    """Who asks for a look, by name; nothing when nothing was asked of this group that could tell."""

    lines: tuple[QuietLine, ...]
    are_many: bool
    sociogram: str


def quiet_of(report: GroupReport, pupils: Sequence[ListedName]) -> QuietLines | None:
    """Of the pupils who may be read; the newest sociogram alone."""
    names = {one.key: one for one in pupils if one.readable}
    drawn = next(iter(report.sociograms), None)
    if not report.measurements and drawn is None:
        return None
    found = quiet_pupils(list(names), [one.results for one in report.measurements], drawn.sociogram if drawn else None)
    lines = tuple(_quiet_line(names[one.pupil], one) for one in found.pupils)
    return QuietLines(lines, found.are_many, drawn.title if drawn else "")


def _quiet_line(name: ListedName, found: QuietPupil) -> QuietLine:
    scales = tuple((one.scale, informant_word(one.informant), one.certain is False) for one in found.scales)
    return QuietLine(name, scales, found.not_chosen is not None)


@dataclass(frozen=True, slots=True)
class Material:
    """What was read about a pupil: its lists, those of its guardians, its sociograms, and what was said about a result."""

    taken: Sequence[GroupRound]
    home: Sequence[GuardianList]
    drawn: Sequence[GroupSociogram]
    said: Sequence[ResultResponse]


def material_of(actor: Membership, pupil: Pupil, drawn: Sequence[GroupSociogram]) -> Material:
    """All that the actor may read, beside these sociograms."""
    home = rows_from_home(actor, pupil, at=timezone.now())
    return Material(rounds_of_pupil(actor, pupil), home, drawn, responses_of(actor, pupil))


def all_material(actor: Membership, pupil: Pupil) -> Material:
    """The same with every sociogram."""
    return material_of(actor, pupil, [one for one in sociograms(actor, listed__pupil=pupil) if is_drawn(one.row)])


def pupil_report(
    actor: Membership,
    pupil: Pupil,
    groups: Sequence[Group],
    *,
    on: date,
    of: Material | None = None,
    with_home: bool = True,
    newest_only: bool = False,
) -> PupilReport:
    """Everything about a pupil that the actor may see, the newest first; no name of another child goes along. `with_home`: also what a
    parent filled in or said, which the other parent may not read."""
    of = of or all_material(actor, pupil)
    return PupilReport(
        pupil=str(pupil.pk),
        group=", ".join(group_label(group, actor.school) for group in groups),
        made_on=on,
        names={str(pupil.pk): str(pupil)},
        school=actor.school.name,
        measurements=_measurements(of.taken, of.home if with_home else (), pupil),
        sociograms=tuple(part_of(one) for one in of.drawn),
        said=tuple(said_of(one, pupil) for one in of.said if with_home or one.guardian_id is None),
        newest_only=newest_only,
    )


def _measurements(taken: Iterable[GroupRound], home: Iterable[GuardianList], pupil: Pupil) -> tuple[Measurement, ...]:
    """The lists of the rounds and those of the guardians, the newest first; lists of one month stand together."""
    lists = [*((one.round.opens_on, one.measurement) for one in taken), *measured_from_home(home, pupil)]
    return tuple(one for _day, one in sorted(lists, key=lambda each: each[0], reverse=True))


def said_of(one: ResultResponse, pupil: Pupil) -> Said:
    """As it stands beside the result."""
    return Said(str(one.guardian or pupil), one.profile.round.title, one.text, timezone.localdate(one.said_at))


def is_drawn(row: Sociogram) -> bool:
    """Not when its choices are gone, and not of a list that asks nobody to choose: there everybody would stand as not chosen."""
    return row.choices_gone_at is None and bool(questions_of(row.round))


def drawn_of(actor: Membership, pupil: Pupil) -> list[Sociogram]:
    """The sociograms in which this pupil stands and that are drawn, the newest first."""
    rows = may(actor, Sociogram, Verb.READ).filter(listed__pupil=pupil, choices_gone_at=None).select_related("round", "group")
    return [row for row in rows.order_by("-round__opens_on", "pk") if is_drawn(row)]


def part_of(one: GroupSociogram, *, sure: bool | None = None) -> SociogramPart:
    """As a report draws it."""
    row, picture = one.row, one.picture
    asked = len(questions_of(row.round))
    return SociogramPart(row.round.title, spoken_month(row.round.opens_on), picture.sociogram, picture.layouts, sure, asked)
