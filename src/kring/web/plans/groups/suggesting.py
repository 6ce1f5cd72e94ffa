"""Clusters proposed from the last lists and the points of attention, each with the reason; people take them over or not."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kring.core.access import Verb
from kring.core.acting import attention
from kring.core.attention.points import Level
from kring.core.group_plans import Finding, Suggestion, folded, suggestions
from kring.core.instruments import Level as Reach
from kring.web.access import may
from kring.web.models import PupilAttention
from kring.web.plans.groups.needs import need_of
from kring.web.plans.groups.queries import Person, class_line, people_of
from kring.web.results.choosing.queries import fitting
from kring.web.schools.models import Group, Membership
from kring.web.surveys.queries import group_rounds
from kring.web.surveys.results import GroupRound

CHANNELS = {"inward_level": "internalising", "outward_level": "externalising"}
SHOWN = 2  # entries of the catalogue with which an approach may begin


@dataclass(frozen=True, slots=True)
class Proposed:
    """A suggestion in words: who, what they need, and why they stand together."""

    found: Suggestion
    need: str
    people: tuple[Person, ...]
    because: str
    approach: str
    is_there: bool = False  # the plan meets this need already

    @property
    def key(self) -> str:
        return f"{self.found.level}:{self.found.scale}"


def proposals(actor: Membership, group: Group, there: Collection[str], *, at: datetime) -> list[Proposed]:
    """The class first; then clusters, in a constant number of questions to the database. `there`: the needs that the plan meets."""
    people = {one.key: one for one in people_of(actor, group, at=at)}
    rounds = _newest(group_rounds(actor, group=group, round__opens_on__gte=group.year.starts_on))
    titles = {scale.key: scale.title for one in rounds for scale in one.results.instrument.scales}
    findings = [one for one in [*_from_lists(rounds), *_from_points(actor, people)] if one.pupil in people]
    reasons = _reasons(rounds)
    found = suggestions(findings, size=len(people), line=class_line(actor, at=at))
    known = {folded(need) for need in there}
    needs = {one.scale: need_of(one.scale, titles.get(one.scale, one.scale)) for one in found}
    return [
        Proposed(
            one,
            needs[one.scale],
            tuple(people[key] for key in one.pupils),
            _because(one, titles.get(one.scale, ""), reasons.get(one.scale, [])),
            _approach(one, group),
            folded(needs[one.scale]) in known,
        )
        for one in sorted(found, key=lambda one: (one.level, one.scale))
    ]


def _newest(taken: Iterable[GroupRound]) -> list[GroupRound]:
    """Of each list the last round; they come newest first."""
    return list({one.results.instrument.key: one for one in reversed(list(taken))}.values())


def _from_lists(rounds: Iterable[GroupRound]) -> list[Finding]:
    """Red in the list of a pupil and in that of the teacher is seen by two: that weighs more."""
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in rounds:
        for pupil in one.results.pupils:
            for scale in attention(one.results, pupil):
                seen[pupil, scale.scale.key].add(str(one.results.instrument.informant))
    return [Finding(pupil, scale, is_heavy=len(by) > 1) for (pupil, scale), by in seen.items()]


def _from_points(actor: Membership, people: Iterable[str]) -> list[Finding]:
    """Whoever has the points to be discussed."""
    rows = may(actor, PupilAttention, Verb.READ).filter(pupil__in=list(people))
    return [
        Finding(str(row.pupil_id), scale, is_heavy=level >= Level.PRIORITY)
        for row in rows
        for name, scale in CHANNELS.items()
        if (level := getattr(row, name) or Level.NONE) >= Level.DISCUSS  # none: nothing is known
    ]


def _reasons(rounds: Iterable[GroupRound]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in rounds:
        for scale in {each.scale.key for pupil in one.results.pupils for each in attention(one.results, pupil)}:
            found[scale].append(one.round.title)
    return found


def _because(one: Suggestion, title: str, rounds: list[str]) -> str:
    given = {"scale": title or _("de signalenlijst"), "lists": ", ".join(rounds), "percent": one.percent}
    if one.level == 1:
        return _("%(percent)s procent van de groep vraagt hier aandacht: begin met de hele groep. Uit: %(scale)s. %(lists)s") % given
    if rounds:
        return _("Vraagt aandacht bij %(scale)s in: %(lists)s.") % given
    return _("Uit de signalenlijst: punten die om een bespreking vragen.")


def _approach(one: Suggestion, group: Group) -> str:
    """Titles from the catalogue, to be rewritten."""
    reach = Reach.GROUP if one.level == 1 else Reach.PUPIL
    return "\n".join(entry.title for entry in fitting(one.scale, reach, group)[:SHOWN])
