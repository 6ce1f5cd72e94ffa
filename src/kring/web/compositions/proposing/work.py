"""The search for a proposal, in a process of its own: the solver is large, and a search that is stopped must really stop."""

from contextlib import suppress
from datetime import datetime
from multiprocessing import TimeoutError as NotYet
from multiprocessing import get_context
from multiprocessing.pool import AsyncResult
from time import monotonic
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django_tasks import task

from kring.core.access import Verb
from kring.core.errors import BrokenRule
from kring.core.seating import Asked, Proposed
from kring.core.sociometry.composing import NoPlanInTime, PlacesDoNotFit, Wish, WishesClash, WishKind
from kring.web.access import may
from kring.web.compositions import queries
from kring.web.compositions.actions import take_proposal
from kring.web.compositions.models import ComposedPupil, Composition, PlaceWish
from kring.web.compositions.proposing.search import propose_until
from kring.web.jobs.work import Progress, work_on
from kring.web.schools.models import Membership
from kring.web.wall import schools_open

KIND = "seats:"
TICKS, A_TICK = 10, 1.0
SECONDS = 9.0  # on the clock, with starting the process: then it comes with what it has, within ten
PATIENCE = 20.0  # seconds; a process that was killed never answers
SAYS_LITTLE = 100.0  # twice as good is not excluded: then nothing is known; nor by 0 %, when it is another goal that is not proven


def kind_of(row: Composition) -> str:
    """The work says itself of which composition it is, so that it can be asked again."""
    return f"{KIND}{row.pk.hex}"


@task()
def propose_places(job: str, school: str, language: str) -> None:
    """The best places that are found, by the rights of who asked; or why there are none. Nothing, when it was taken away meanwhile."""
    with translation.override(language), work_on(job, school) as progress:
        author, now = progress.job.author, timezone.now()
        progress.of(TICKS)
        with schools_open([author.school_id]):
            row = may(author, Composition, Verb.WRITE).filter(pk=UUID(progress.job.kind.removeprefix(KIND))).first()
            if row is None:
                return
            asked = queries.asked_of(author, row, at=now)
        found = _searched(asked, progress)
        with schools_open([author.school_id]):
            _take(author, row, found, at=timezone.now())


def _searched(asked: Asked, progress: Progress) -> Proposed | BrokenRule:
    """What came out of the other process; it knows neither database nor settings, and ends when we leave, whatever it is busy with."""
    begun = monotonic()
    with get_context("spawn").Pool(1) as pool:
        search = pool.apply_async(propose_until, (asked, begun + SECONDS))
        while monotonic() < begun + PATIENCE:
            with suppress(NotYet):
                return _found(search)
            progress.of(TICKS) if progress.job.done == TICKS - 1 else progress.step()  # raises when somebody stopped it
    return NoPlanInTime(seconds=PATIENCE)


def _found(search: "AsyncResult[Proposed]") -> Proposed | BrokenRule:
    try:
        return search.get(timeout=A_TICK)
    except (WishesClash, NoPlanInTime, PlacesDoNotFit) as broken:
        return broken


def _take(author: Membership, row: Composition, found: Proposed | BrokenRule, *, at: datetime) -> None:
    sitting = found.sitting if isinstance(found, Proposed) else None
    take_proposal(author, row, sitting, _outcome(author, row, found), read=row.version, at=at)


def _outcome(author: Membership, row: Composition, found: Proposed | BrokenRule) -> dict[str, Any]:
    """In numbers and keys of wishes, so that it names nobody and goes when they go."""
    if isinstance(found, Proposed):
        percent = round(found.percent, 1) if found.percent and found.percent <= SAYS_LITTLE else None
        return {"proven": found.proven, "percent": percent, "without_chosen": found.without_chosen, "met_before": found.met_before}
    if isinstance(found, WishesClash):
        return {
            "clash": _keys(author, row, found.clashing),
            "fixed": _fixed(author, row, found.clashing),
            "spread": _spread(found.clashing),
        }
    return {"refused": type(found).__name__, "facts": found.facts()}


def _keys(author: Membership, row: Composition, clashing: tuple[Wish, ...]) -> list[str]:
    named = {(wish.kind, frozenset(wish.pupils)) for wish in clashing}
    rows = may(author, PlaceWish, Verb.READ).filter(composition=row)
    return [str(one.pk) for one in rows if (WishKind(one.kind), frozenset(queries.core_wish(one).pupils)) in named]


def _fixed(author: Membership, row: Composition, clashing: tuple[Wish, ...]) -> list[str]:
    pupils = [UUID(pupil) for wish in clashing if wish.kind is WishKind.PLACE for pupil in wish.pupils]
    return [str(one.pk) for one in may(author, ComposedPupil, Verb.READ).filter(composition=row, pupil__in=pupils)]


def _spread(clashing: tuple[Wish, ...]) -> bool:
    return any(wish.kind is WishKind.SHARE for wish in clashing)
