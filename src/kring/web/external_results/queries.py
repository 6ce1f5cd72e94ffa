"""The systems that a school may bring scores of, what a file would change, and what stands with a pupil."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby
from uuid import UUID

from kring.class_files.scores import Score, scores
from kring.core.access import Verb
from kring.core.external_scores import Difference, ScoreScale, difference, plain
from kring.core.instruments import About
from kring.core.uploads import FilesGone
from kring.file_problems import Problems, said
from kring.library import Shell, shells
from kring.web.access import may
from kring.web.external_results.models import ExternalFile, ExternalScale, ExternalScore
from kring.web.files import intake as files
from kring.web.schools.models import Membership, Pupil

OTHER = "ander-"
"""The keys of systems that the library does not know begin with this."""
ScoreKey = tuple[UUID, str]
"""A pupil, and the name of a scale as it is looked up."""


@dataclass(frozen=True, slots=True)
class System:
    """A system that another party makes. `scales` can be taken in; of `unmeasured` the lowest and highest score are not known yet."""

    key: str
    title: str
    scales: tuple[ScoreScale, ...]
    unmeasured: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScaleTally:
    """What a file holds of one scale."""

    name: str
    scores: int
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Changed:
    """A score that stands there already, otherwise."""

    pupil: str
    scale: str
    now: float
    then: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would happen if this file were taken over."""

    scores: Mapping[ScoreKey, Score]
    found: Difference[ScoreKey]
    changed: tuple[Changed, ...]
    skipped: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def pupils(self) -> int:
        """How many pupils stand in it."""
        return len({pupil for pupil, _scale in self.scores})

    @property
    def scales(self) -> list[ScaleTally]:
        """What it holds of each scale, so that somebody sees two columns that changed places."""
        values: dict[str, list[float]] = {}
        for one in self.scores.values():
            values.setdefault(one.scale.name, []).append(one.value)
        return [ScaleTally(name, len(found), min(found), max(found)) for name, found in sorted(values.items())]

    @property
    def fingerprint(self) -> str:
        """Of what is shown: another one when somebody else brought scores meanwhile."""
        parts = (sorted(map(repr, part.items())) for part in (self.found.new, self.found.changed, self.found.same))
        return sha256(repr(list(parts)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PupilResults:
    """What one system found of a pupil on one day, by scale."""

    title: str
    measured_on: date
    scores: tuple[ExternalScore, ...]


def systems(actor: Membership) -> list[System]:
    """Every system by title: the shells of lists about one pupil, and those that the school named itself."""
    rows = list(may(actor, ExternalScale, Verb.READ).order_by("name", "pk"))
    named: dict[str, list[ExternalScale]] = {}
    for row in rows:
        named.setdefault(row.system, []).append(row)
    found = [_of_shell(shell, named.get(_key(shell), ())) for shell in shells() if shell.about is About.PUPIL]
    own = [System(key, its[0].title, tuple(map(_as_named, its))) for key, its in named.items() if key.startswith(OTHER)]
    return sorted([*found, *own], key=lambda one: (one.title.casefold(), one.key))


def _key(shell: Shell) -> str:
    return f"{shell.key}-{shell.version}"


def _as_named(row: ExternalScale) -> ScoreScale:
    return ScoreScale(row.name, row.low, row.high, row.direction)


def _of_shell(shell: Shell, named: Sequence[ExternalScale]) -> System:
    """What the school said goes before what is known in general."""
    said_so = {row.plain for row in named}
    known = [one for one in shell.scales if plain(one.title) not in said_so]
    general = (ScoreScale(one.title, *one.scores, one.direction, one.columns) for one in known if one.scores)
    unmeasured = tuple(one.title for one in known if not one.scores)
    return System(_key(shell), shell.title, (*map(_as_named, named), *general), unmeasured)


def system_of(actor: Membership, key: str) -> System | None:
    """The system with this key."""
    return next((one for one in systems(actor) if one.key == key), None)


def scale_rows(actor: Membership) -> list[ExternalScale]:
    """What the school said of scales, by system."""
    return list(may(actor, ExternalScale, Verb.READ).order_by("title", "system", "name", "pk"))


def brought(actor: Membership) -> Iterable[ExternalFile]:
    """What this person brought, the last first."""
    return may(actor, ExternalFile, Verb.READ).order_by("-brought_at", "pk")


def proposal_of(actor: Membership, row: ExternalFile) -> Proposal:
    """The preview: read again from the file itself. Raises FilesRefused, FilesGone."""
    if row.file is None:
        raise FilesGone(brought_at=row.brought_at)
    try:
        data = files.read(row.file)
    except FileNotFoundError:
        raise FilesGone(brought_at=row.brought_at) from None
    return laid_beside(actor, row, row.file.name, data)


def laid_beside(actor: Membership, row: ExternalFile, file: str, data: bytes) -> Proposal:
    """What this file would change. Raises FilesRefused."""
    numbers = _pupils_by_number(actor)
    system = system_of(actor, row.system)
    read = scores(file, data, system.scales if system else (), numbers)
    brought_scores = _by_pupil(file, read.scores, numbers)
    found = difference(standing(actor, row), {key: one.value for key, one in brought_scores.items()})
    return Proposal(brought_scores, found, _changed(actor, found, brought_scores), read.skipped, read.notes)


def _pupils_by_number(actor: Membership) -> dict[str, UUID]:
    """The pupil whom each number means; of who was entered twice, both mean one."""
    found = Pupil.objects.filter(school_id=actor.school_id).values_list("admin_key", "id", "merged_into")
    return {number: stays or pupil for number, pupil, stays in found if number}


def _by_pupil(file: str, read: Sequence[Score], numbers: Mapping[str, UUID]) -> dict[ScoreKey, Score]:
    found: dict[ScoreKey, Score] = {}
    problems = Problems()
    for one in read:
        first = found.setdefault((numbers[one.pupil], plain(one.scale.name)), one)
        if first is not one:
            message = said("“%(one)s” en “%(other)s” zijn in Kring dezelfde leerling.", one=one.pupil, other=first.pupil)
            problems.add(file, one.line, None, message, said("Laat een van beide regels weg."))
    problems.refuse()
    return found


def standing(actor: Membership, row: ExternalFile) -> dict[ScoreKey, float]:
    """The scores of this system and day that count now."""
    rows = may(actor, ExternalScore, Verb.READ).filter(scale__system=row.system, measured_on=row.measured_on)
    counted = rows.order_by("file__applied_at", "file_id").values_list("pupil_id", "scale__plain", "value")
    return {(pupil, scale): value for pupil, scale, value in counted}


def _changed(actor: Membership, found: Difference[ScoreKey], read: Mapping[ScoreKey, Score]) -> tuple[Changed, ...]:
    keys = {pupil for pupil, _scale in found.changed}
    named = {one.pk: one for one in may(actor, Pupil, Verb.READ).filter(pk__in=keys)}
    lines = [
        (named[key[0]].sort_name, Changed(str(named[key[0]]), read[key].scale.name, now, then))
        for key, (now, then) in found.changed.items()
        if key[0] in named
    ]
    return tuple(line for _name, line in sorted(lines, key=lambda one: (one[0], one[1].scale)))


def results_of(actor: Membership, pupil: Pupil) -> list[PupilResults]:
    """What other systems found of this pupil, the last first; of each scale and day what was brought last."""
    rows = may(actor, ExternalScore, Verb.READ).filter(pupil=pupil).select_related("scale", "file")
    counted = {(row.scale_id, row.measured_on): row for row in rows.order_by("file__applied_at", "file_id")}
    ordered = sorted(counted.values(), key=lambda row: row.scale.name.casefold())
    ordered.sort(key=lambda row: (row.measured_on, row.scale.title, row.scale.system), reverse=True)
    apart = groupby(ordered, key=lambda row: (row.measured_on, row.scale.title, row.scale.system))
    return [PupilResults(title, day, tuple(its)) for (day, title, _system), its in apart]
