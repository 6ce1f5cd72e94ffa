"""What was shown to the family: as it was then, and what they said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from kring.core.access import Role, Verb
from kring.core.bands import Band
from kring.core.groups import PupilScale
from kring.core.instruments import Instrument
from kring.documents.words import strength
from kring.web.access import may, may_do
from kring.web.results.models import ResultResponse, ScaleProfile
from kring.web.results.queries import Outcome
from kring.web.schools.models import Guardian, Guardianship, Membership, live

Line = Mapping[str, str | int | float | bool | None]


def frozen(outcome: Outcome) -> list[dict[str, str | int | float | bool | None]]:
    """The scores of this moment, as plain values: what was talked about stays what it was."""
    return [_frozen(one, outcome.taken.results.instrument) for one in outcome.scales]


def _frozen(one: PupilScale, asked: Instrument) -> dict[str, str | int | float | bool | None]:
    low, high = asked.range_of(one.scale)
    span = one.interval if one.interval and isfinite(one.interval.low) else None
    return {
        "scale": one.scale.key,
        "title": one.scale.title,
        "mean": one.mean,
        "low": max(span.low, low) if span else None,
        "high": min(span.high, high) if span else None,
        "band": one.band.name.lower(),
        "certain": one.certain if span else None,
        "answered": one.n_valid,
        "shown": one.n_shown,
        "least": low,
        "most": high,
        "higher_is_better": one.scale.direction > 0,
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """One result that was shown to me, strengths first, and what I said about it."""

    row: ScaleProfile
    strong: tuple[str, ...]
    likely: tuple[str, ...]  # strong as well, when a second time might say otherwise
    between: tuple[str, ...]
    talk: tuple[str, ...]
    unknown: tuple[str, ...]
    said: tuple[ResultResponse, ...]


def shown(actor: Membership) -> list[Shown]:
    """Everything that was shown to this pupil or guardian, the newest round first."""
    rows = list(may(actor, ScaleProfile, Verb.READ).select_related("pupil", "round", "shown_by__person").order_by("-round__opens_on", "pk"))
    return _with_said(actor, rows)


def shown_one(actor: Membership, row: ScaleProfile) -> Shown:
    """This one."""
    return _with_said(actor, [row])[0]


def _with_said(actor: Membership, rows: Sequence[ScaleProfile]) -> list[Shown]:
    said: dict[object, list[ResultResponse]] = {}
    for one in may(actor, ResultResponse, Verb.READ).filter(profile__in=rows).order_by("said_at", "pk"):
        said.setdefault(one.profile_id, []).append(one)
    return [_shown(row, said.get(row.pk, ())) for row in rows]


def _shown(row: ScaleProfile, said: Sequence[ResultResponse]) -> Shown:
    between, talk, unknown = (_titles(row.lines, band) for band in (Band.ORANGE, Band.RED, Band.NO_SCORE))
    strong, likely = (_titles([one for one in row.lines if (one["certain"] is True) is sure], Band.GREEN) for sure in (True, False))
    return Shown(row, strong, likely, between, talk, unknown, tuple(said))


def _titles(lines: Sequence[Line], band: Band) -> tuple[str, ...]:
    return tuple(_named(one, band) for one in lines if one["band"] == band.name.lower())


def _named(one: Line, band: Band) -> str:
    return strength(str(one["title"]), 1 if one["higher_is_better"] else -1) if band is Band.GREEN else str(one["title"])


def guardian_of(actor: Membership) -> Guardian | None:
    """Who this is as a guardian; a pupil is none."""
    return may(actor, Guardian, Verb.READ).filter(person=actor.person_id).first()


def family_hats(row: ScaleProfile, roles: Sequence[Role], *, at: datetime) -> list[Membership]:
    """In which hats the pupil or the guardians read this result, of those who have one."""
    people = {row.pupil.person_id, *Guardianship.objects.filter(pupil=row.pupil_id).values_list("guardian__person", flat=True)} - {None}
    hats = Membership.objects.filter(live(at), school_id=row.school_id, role__in=[role.value for role in roles], person__in=people)
    return [hat for hat in hats.select_related("person") if may_do(hat, row, Verb.READ, at=at)]
