"""Who is in, busy and done: with as many questions to the database for thirty pupils as for one. What somebody answers is not read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from kring.core.access import Verb
from kring.core.class_board import Doing, counted, doing, percent
from kring.core.classroom import Seated, seat_state
from kring.web.access import may
from kring.web.answering.seats.queries import asked_now, how_far, is_done
from kring.web.classroom.models import PupilKey, Seat, SignInWindow
from kring.web.classroom.rows import labels_of
from kring.web.classroom.teaching.queries import pupils_here
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.surveys.models import Invitation


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil. `percent` is how far with the list that is begun; None of a list without names, of which nothing is kept on its way."""

    pupil: Pupil
    label: str
    doing: Doing
    seat: Seat | None
    last_seat: Seat | None  # of this lesson
    percent: int | None
    asked: int
    done: int
    has_key: bool
    to_be_absent: tuple[Invitation, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole class. `nameless`: a list without names is asked, of which nothing is kept before it is handed in."""

    lines: tuple[Line, ...]
    counts: Mapping[Doing, int]
    titles: tuple[str, ...]
    without_key: int
    nameless: bool

    @property
    def tag(self) -> str:
        """Another one as soon as somebody is somewhere else or further."""
        told = [
            (str(one.pupil.pk), one.doing, one.last_seat and one.last_seat.pk, one.percent, one.done, one.asked, one.has_key)
            for one in self.lines
        ]
        return sha256(repr(told).encode()).hexdigest()[:16]

    @property
    def in_now(self) -> int:
        """How many sit at a tablet."""
        return sum(line.seat is not None for line in self.lines)


def board(actor: Membership, group: Group, window: SignInWindow | None, *, at: datetime) -> Board:
    """How it goes in this group now."""
    pupils = pupils_here(actor, group, at=at)
    keys = [one.pk for one in pupils]
    rows = may(actor, Invitation, Verb.READ, at=at).filter(pupil__in=keys)
    asked = list(asked_now(rows, at=at).order_by("round__opens_on", "round__title"))
    far = how_far(actor, asked, at=at)
    last, locked = _last_seats(actor, window, at), _locked(actor, keys, at)
    labels = labels_of(pupils)
    of: dict[UUID, list[Invitation]] = {}
    for one in asked:
        of.setdefault(one.pupil_id, []).append(one)
    sits = {key for key, seat in last.items() if window and _sits(seat, window, at)}
    lines = tuple(
        _line(one, labels[one.pk], of.get(one.pk, []), far, last.get(one.pk), locked.get(one.pk), sits=one.pk in sits) for one in pupils
    )
    titles = tuple(dict.fromkeys(one.round.title for one in asked))
    nameless = any(one.round.offered.anonymous for one in asked)
    return Board(lines, counted(line.doing for line in lines), titles, sum(not line.has_key for line in lines), nameless)


def _line(  # noqa: PLR0913
    pupil: Pupil, label: str, asked: list[Invitation], far: Mapping[UUID, int], last: Seat | None, locked: bool | None, *, sits: bool
) -> Line:
    open_lists = [one for one in asked if not is_done(one)]
    begun = [one for one in open_lists if one.pk in far]
    state = doing(
        locked=bool(locked),
        seated=sits,
        asked=len(asked),
        done=len(asked) - len(open_lists),
        begun=bool(begun),
        absent=bool(open_lists) and all(one.absent for one in open_lists),
    )
    percents = [percent(far[one.pk], one.round.offered.length) for one in begun]
    return Line(
        pupil,
        label,
        state,
        last if sits else None,
        last,
        percents[-1] if percents else None,
        len(asked),
        len(asked) - len(open_lists),
        locked is not None,
        tuple(one for one in open_lists if not one.absent),
    )


def _last_seats(actor: Membership, window: SignInWindow | None, at: datetime) -> dict[UUID, Seat]:
    """Where who sits, or sat last in this lesson; in a seat that was called back sat somebody else."""
    if window is None:
        return {}
    return {one.pupil_id: one for one in may(actor, Seat, Verb.READ, at=at).filter(window=window, called_back_at=None).order_by("sitting")}


def _sits(seat: Seat, window: SignInWindow, at: datetime) -> bool:
    state = seat_state(left_at=seat.left_at, seen_at=seat.seen_at, closes_at=window.closes_at, closed_at=window.closed_at, at=at)
    return state is Seated.HERE


def _locked(actor: Membership, pupils: list[UUID], at: datetime) -> dict[UUID, bool]:
    """Of each pupil with a key whether it is locked."""
    found: dict[UUID, bool] = {}
    for pupil, locked_at in may(actor, PupilKey, Verb.READ, at=at).filter(pupil__in=pupils).values_list("pupil_id", "locked_at"):
        found[pupil] = found.get(pupil, False) or locked_at is not None
    return found
