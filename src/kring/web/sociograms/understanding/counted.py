"""Answers to other questions than whom one chooses, as numbers: parts, expectations, points, and how often somebody was named with a no."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from kring.core.instruments import Question, QuestionKind
from kring.core.provenance import fingerprint
from kring.core.sociometry import (
    CountReliability,
    Edge,
    Nominations,
    NoStatus,
    Participation,
    Perceived,
    Ratings,
    Remarks,
    Sociogram,
    StatusResults,
    Sureness,
    count_reliability,
    named_for_role,
    nominations_from,
    perceived,
    rating_statuses,
    remarks_on,
    status_results,
    sureness_of,
    why_no_status,
)
from kring.core.sociometry.nominations import TOOK_PART
from kring.core.sociometry.skipping import TookPart, answering
from kring.documents.sociometry.parts import RatedPart, RolePart

Named = Mapping[str, Iterable[tuple[str, str]]]
"""By question: who named whom."""
Listed = Mapping[str, TookPart]
KEPT = ("n", "n_valid", "left_out", "value")


def roles(asked: Sequence[Question], named: Named, took_part: Listed) -> Iterator[RolePart]:
    """Who is named for a part, question by question; who skipped it could name nobody."""
    for question in asked:
        if question.kind is QuestionKind.ROLE:
            edges = [Edge(*pair) for pair in named.get(question.key, ())]
            status = answering(took_part, [question.key])
            there = {pupil: Participation.DONE if one in TOOK_PART else one for pupil, one in status.items()}
            yield RolePart(question.text, named_for_role(nominations_from(list(took_part), edges, there)))


def thought(found: Sociogram, asked: Sequence[Question], named: Named, took_part: Listed) -> Perceived | None:
    """By whom everybody expected to be chosen; who answered and named nobody expected nobody. None when it was not asked."""
    key = next((one.key for one in asked if one.kind is QuestionKind.PERCEIVE), None)
    if key is None or not named.get(key):
        return None
    there = answering(took_part, [key])
    expects: dict[str, set[str]] = {one: set() for one, status in there.items() if status is Participation.DONE}
    for thinker, classmate in named[key]:
        expects.setdefault(thinker, set()).add(classmate)
    limits = [one.limit for one in asked if one.kind is QuestionKind.NOMINATE and one.polarity > 0]
    return perceived(found.nominations, expects, limit=limits[0] if len(limits) == 1 else None)


def with_rejections(nominations: Nominations, rejections: Iterable[tuple[str, str]], answered: Mapping[str, Participation]) -> Nominations:
    """The choices of who answered both questions, with those of the one that says no: to count with, never to show.

    When too few answered that one, the choices as they are: then nothing is judged by a no.
    """
    pupils = nominations.pupils
    both = {one for one, took_part in zip(pupils, nominations.nominators, strict=True) if took_part and answered[one] in TOOK_PART}
    chosen = [Edge(pupils[i], pupils[j]) for i, j in np.argwhere(nominations.positive) if pupils[i] in both]
    listed = set(pupils)
    refused = [Edge(*pair, -1) for pair in rejections if listed.issuperset(pair) and pair[0] in both]
    status = {one: Participation.DONE if one in both else Participation.REFUSED for one in pupils}
    full = nominations_from(pupils, [*chosen, *refused], status, asked=(1, -1))
    return full if why_no_status(full) is None else nominations


def ratings(nominations: Nominations, question: Question, given: Mapping[tuple[str, str], int]) -> Ratings:
    """The points of one question."""
    return Ratings.of(nominations.pupils, given, points=len(question.options))


def rated(question: Question, points: Ratings) -> RatedPart:
    """Of how many who gave points how many gave more than the middle."""
    middle = (points.points + 1) // 2
    gladly = (np.where(points.rated, points.given, 0) > middle).sum(axis=0)
    return RatedPart(question.text, tuple(points.rated.sum(axis=0).tolist()), tuple(gladly.tolist()), rating_statuses(points))


def status(nominations: Nominations, points: Ratings | None) -> StatusResults:
    """By every method that the choices allow."""
    return status_results(nominations, points)


@lru_cache(maxsize=256)
def reliability(found: Sociogram) -> CountReliability:
    """As long as the process remembers the drawing."""
    return count_reliability(found.nominations)


def remarks(found: Sociogram, leaving: Iterable[str], thinks: Perceived | None, judged: Nominations) -> Remarks:
    """What there is to look at; where choices alone were asked, as long as the process remembers the drawing."""
    if thinks is None and judged is found.nominations:
        return _remarks(found, frozenset(leaving))
    return remarks_on(found, leaving=frozenset(leaving), thinks=thinks, judged=judged)


@lru_cache(maxsize=256)
def _remarks(found: Sociogram, leaving: frozenset[str]) -> Remarks:
    return remarks_on(found, leaving=leaving)


def as_kept(nominations: Nominations) -> dict[str, Any]:
    """How sure the groups of these choices are, with the mark of the choices; half a second for a class of thirty."""
    found = sureness_of(nominations)
    return {"of": fingerprint(nominations), **{one: getattr(found, one) for one in KEPT}}


def sureness(found: Sociogram, kept: Mapping[str, Any] | None) -> Sureness:
    """What was kept, when it is of these very choices; otherwise worked out, as long as the process remembers the drawing."""
    if kept is None or kept["of"] != fingerprint(found.nominations):
        return _sureness(found)
    return Sureness(**{one: kept[one] for one in KEPT})


@lru_cache(maxsize=256)
def _sureness(found: Sociogram) -> Sureness:
    return sureness_of(found.nominations)


def groups_are_sure(found: Sociogram, kept: Mapping[str, Any] | None) -> bool | None:
    """None when so few took part that no groups are looked for, or when there are none; those of a small class never are."""
    if found.communities is None:
        return None
    if why_no_status(found.nominations) is NoStatus.SMALL_CLASS:
        return False
    unsure = sureness(found, kept).unsure
    return None if unsure is None else not unsure
