"""What stands on the pages of a group plan, in words: whom one picked, the programme, the lines for a substitute, a version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kring.core.access import Verb
from kring.library.directions import newest
from kring.web.access import may
from kring.web.plans.groups.hushing import Hush
from kring.web.plans.groups.queries import Person, Sheet, sees_names
from kring.web.plans.models import Cluster, Plan, PlanVersion
from kring.web.schools.models import Membership, Pupil


@dataclass(frozen=True, slots=True)
class Picked:
    """Somebody picked to be moved: from which cluster, and to which one can go."""

    person: Person
    start: Cluster | None
    to: tuple[Cluster, ...]

    @property
    def key(self) -> str:
        return f"{self.start.pk if self.start else ''}.{self.person.key}"


def picked(sheet: Sheet, asked: str) -> Picked | None:
    """“cluster.pupil”, as it stands in the address; nobody when they are not there (any more)."""
    start, _dot, key = asked.rpartition(".")
    person = next((one for one in sheet.people if one.key == key), None)
    cluster = next((card.row for card in sheet.cards if str(card.row.pk) == start), None)
    if person is None or not sheet.may_edit or bool(start) != bool(cluster):
        return None
    return Picked(person, cluster, tuple(card.row for card in sheet.cards if person not in card.people))


def programme(plan: Plan) -> list[str]:
    """The titles of what the whole group exercises."""
    return titles(plan.parts.get("programme", ()))


def titles(keys: Any) -> list[str]:
    return [one.title for one in newest() if one.key in keys]


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A need, who has it, and what helps."""

    need: str
    names: tuple[str, ...]
    helps: tuple[str, ...]


def desk_lines(sheet: Sheet) -> list[DeskLine]:
    """By need, whatever the level: two clusters with one need stand together."""
    found: dict[str, DeskLine] = {}
    for card in sheet.cards:
        if card.people:
            before = found.get(card.row.need, DeskLine(card.row.need, (), ()))
            names = sorted({*before.names, *(one.name for one in card.people)}, key=str.casefold)
            found[card.row.need] = DeskLine(card.row.need, tuple(names), (*before.helps, *_lines(card.row.approach)))
    return sorted(found.values(), key=lambda one: one.need.casefold())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Kept:
    """A cluster as a version keeps it."""

    told: Mapping[str, Any]
    names: tuple[str, ...]
    count: int


def version_lines(actor: Membership, version: PlanVersion) -> list[Kept]:
    """With the names of those whom one may still see; without names only how many, and no name in the texts."""
    clusters, has_names = version.body.get("clusters", ()), sees_names(actor)
    if not has_names:
        hush = Hush(actor.school, version.plan.group)
        version.body, version.reason = hush.values(version.body, "class", "works"), hush.text(version.reason)
        clusters = [hush.values(one, "need", "goal", "approach", "partner", "escalation") for one in clusters]
    keys = [key for one in clusters for key in one["pupils"]] if has_names else []
    names = {str(one.pk): str(one) for one in may(actor, Pupil, Verb.READ).filter(pk__in=keys)} if keys else {}
    return [Kept(one, tuple(sorted(names[key] for key in one["pupils"] if key in names)), len(one["pupils"])) for one in clusters]
