"""Lists as a school reads them: the register, and one list with everything that is asked and how it is counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.access import Verb
from kring.core.instruments import Informant, Item, Option
from kring.core.school_types import SchoolType, suits
from kring.core.sketches import Change, ChangeKind, Reason, Sketch, changes
from kring.file_problems import ContentRefused
from kring.library import CONTENT, Entry, NoSuchInstrument, entries, shells
from kring.library.readability import item_marks, level_of, reads_easily_enough
from kring.library.shell_file import Shell
from kring.library.sketch_file import sketch_of
from kring.web.access import may, may_do
from kring.web.instruments.models import OwnInstrument
from kring.web.instruments.queries import entry_in, shown_sketch
from kring.web.instruments.words import CHANGES, COMPETENCES, DIRECTIONS, FAMILIES, LACKS, LEVELS, MARKS, SEASONS, WHO, Ownership, years
from kring.web.schools.models import Membership, School


@dataclass(frozen=True, slots=True)
class Line:
    """One list of the register, in its newest version."""

    title: str
    mark: str  # of the library: key and version; of the school's own: empty
    row: OwnInstrument | None
    who: str
    informant: Informant
    years: str
    scales: tuple[str, ...]
    competences: tuple[str, ...]
    items: int
    minutes: int | None
    rhythm: str
    licence: str
    suits: bool


def register(actor: Membership) -> list[tuple[str, list[Line]]]:
    """Every list by who answers it: of the library in its newest version, and of the school itself with its drafts."""
    newest = {one.instrument.key: one for one in entries()}
    lines = [_line(sketch_of(one), actor.school, mark=f"{one.instrument.key}-{one.instrument.version}") for one in newest.values()]
    own = {(row.key, row.is_draft): row for row in own_rows(actor)}  # the newest that was released, and the draft beside it
    lines += [_line(shown_sketch(row), actor.school, row=row) for row in own.values()]
    order = list(ANSWERED_BY)
    lines.sort(key=lambda line: (order.index(line.informant), not line.suits, line.title))
    return [(str(ANSWERED_BY[informant]), list(found)) for informant, found in groupby(lines, key=lambda line: line.informant)]


def own_rows(actor: Membership) -> list[OwnInstrument]:
    """Every version of the school's own lists, the oldest version first."""
    return list(may(actor, OwnInstrument, Verb.READ).order_by("version"))


@dataclass(frozen=True, slots=True)
class ShellLine:
    """A publisher's list of which Kring knows the facts."""

    title: str
    mark: str
    owner: str
    scales: tuple[str, ...]
    fillable: bool


def shell_lines(school: School) -> list[ShellLine]:
    """Those for the years of this type of school, by title."""
    fitting = [one for one in shells() if suits(SchoolType(school.type), one.year_levels)]
    lines = (
        ShellLine(one.title, f"{one.key}-{one.version}", one.owner, tuple(s.title for s in one.scales), one.fillable) for one in fitting
    )
    return sorted(lines, key=lambda line: line.title)


def shell_scales(shell: Shell) -> list[tuple[str, int | None, str, str]]:
    """Title, how many items, what a high score means, and the competences."""
    return [
        (one.title, one.items, str(DIRECTIONS[one.direction]), ", ".join(str(COMPETENCES[each]) for each in one.competences))
        for one in shell.scales
    ]


ANSWERED_BY: Mapping[Informant, Promise] = {
    Informant.PUPIL: _("Leerlingen vullen in"),
    Informant.TEACHER: _("Leerkrachten vullen in"),
    Informant.GUARDIAN: _("Ouders vullen in"),
    Informant.STAFF: _("Medewerkers vullen in"),
}


def _line(sketch: Sketch, school: School, *, mark: str = "", row: OwnInstrument | None = None) -> Line:
    competences = dict.fromkeys(one for scale in sketch.scales for one in scale.competences)
    return Line(
        title=sketch.title,
        mark=mark,
        row=row,
        who=str(WHO[sketch.informant, sketch.about]) if (sketch.informant, sketch.about) in WHO else "",
        informant=sketch.informant,
        years=years(sketch.year_levels),
        scales=tuple(scale.title for scale in sketch.scales),
        competences=tuple(str(COMPETENCES[one]) for one in competences),
        items=len(sketch.items),
        minutes=sketch.minutes,
        rhythm=rhythm(sketch),
        licence=sketch.licence,
        suits=suits(SchoolType(school.type), sketch.year_levels),
    )


def rhythm(sketch: Sketch) -> str:
    """When it is usually asked."""
    return " + ".join(str(SEASONS[season]) for season in sketch.seasons)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One question as it is asked, the scale that counts it, and what to look at again."""

    number: int
    key: str
    text: str
    options: tuple[Option, ...]
    pictures: tuple[tuple[Option, str], ...]
    is_open: bool
    has_own: bool
    scale: str
    reverse: bool
    marks: tuple[str, ...]
    is_first: bool
    is_last: bool


def shown_items(sketch: Sketch) -> list[ShownItem]:
    """All of them, in the order in which they are asked."""
    level = level_of(sketch.informant, sketch.year_levels)
    signs = {counted.item: (scale.title, counted.sign) for scale in sketch.scales for counted in scale.items}
    found = []
    for number, item in enumerate(sketch.items, start=1):
        options = sketch.options_of(item)
        scale, sign = signs.get(item.key, ("", 1))
        doubts = item_marks(Item(item.key, item.text, options, item.kind), level) if _can_be_read(item.text, options, item.is_open) else ()
        found.append(
            ShownItem(
                number=number,
                key=item.key,
                text=item.text,
                options=options,
                pictures=tuple((option, picture_path(sketch.pictograms, option.picture)) for option in options),
                is_open=item.is_open,
                has_own=options != sketch.options,
                scale=scale,
                reverse=sign < 0,
                marks=tuple(dict.fromkeys(str(MARKS[mark.kind]) % {"where": mark.where} for mark in doubts)),
                is_first=number == 1,
                is_last=number == len(sketch.items),
            )
        )
    return found


@cache
def picture_path(pictograms: str, picture: str) -> str:
    """Where a picture of this set is served; empty when there is none."""
    path = f"pictograms/{pictograms}/{picture}.svg"
    return path if pictograms and picture and (CONTENT / path).is_file() else ""


def _can_be_read(text: str, options: Sequence[Option], is_open: bool) -> bool:  # noqa: FBT001
    return bool(text.strip()) and (is_open or len(options) > 1)


@dataclass(frozen=True, slots=True)
class ShownScale:
    """A scale with its items and its cut-offs."""

    key: str
    title: str
    meaning: str
    family: str
    direction: str
    competences: tuple[str, ...]
    items: tuple[tuple[str, bool], ...]
    cuts: tuple[tuple[str, float, float], ...]
    source: str


def shown_scales(sketch: Sketch) -> list[ShownScale]:
    """All of them, in their own order."""
    texts = {item.key: item.text for item in sketch.items}
    return [
        ShownScale(
            key=scale.key,
            title=scale.title,
            meaning=scale.meaning,
            family=str(FAMILIES[scale.family]),
            direction=str(DIRECTIONS[scale.direction]),
            competences=tuple(str(COMPETENCES[one]) for one in scale.competences),
            items=tuple((texts.get(counted.item, counted.item), counted.sign < 0) for counted in scale.items),
            cuts=tuple((str(LEVELS[level]), red, green) for level, (red, green) in scale.cuts.pairs.items()) if scale.cuts else (),
            source=scale.cuts.source if scale.cuts else "",
        )
        for scale in sketch.scales
    ]


def reads_hard(sketch: Sketch) -> bool:
    """Whether the list as a whole reads too hard for who answers it."""
    texts = [item.text for item in sketch.items if item.text.strip()]
    return bool(texts) and not reads_easily_enough(texts, level_of(sketch.informant, sketch.year_levels))


def reason_words(reasons: Iterable[Reason]) -> list[str]:
    """What is missing, in sentences; the same one once."""
    return list(dict.fromkeys(str(LACKS[reason.lack]) % {"where": reason.where} for reason in reasons))


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One change between two versions."""

    what: str
    was: str
    became: str


def shown_changes(before: Sketch | None, now: Sketch) -> list[ShownChange]:
    """Part by part; nothing for a first version."""
    if before is None:
        return []
    return [_shown_change(one, before, now) for one in changes(before, now)]


def _shown_change(one: Change, before: Sketch, now: Sketch) -> ShownChange:
    said = SAID.get(one.kind)
    was, became = (said(before), said(now)) if said else (one.was, one.became)
    return ShownChange(str(CHANGES[one.kind]), was, became)


def who(sketch: Sketch) -> str:
    """Who answers, about whom, and whether without names."""
    said = str(WHO.get((sketch.informant, sketch.about), ""))
    return gettext("%(who)s, zonder namen") % {"who": said} if sketch.anonymous else said


SAID: Mapping[ChangeKind, Callable[[Sketch], str]] = {
    ChangeKind.ASKED_CHANGED: who,
    ChangeKind.YEARS_CHANGED: lambda sketch: years(sketch.year_levels),
    ChangeKind.RHYTHM_CHANGED: rhythm,
}
"""What has no words of its own in the list."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a list, and what it changed."""

    version: int
    mark: str
    row: OwnInstrument | None
    changes: list[ShownChange]


def library_versions(entry: Entry) -> list[Version]:
    """Every version of this list of the library, the newest first."""
    of_key = [sketch_of(one) for one in entries() if one.instrument.key == entry.instrument.key]
    before: list[Sketch | None] = [None, *of_key]
    found = [
        Version(now.version, f"{now.key}-{now.version}", None, shown_changes(was, now)) for was, now in zip(before, of_key, strict=False)
    ]
    return found[::-1]


def own_versions(actor: Membership, row: OwnInstrument) -> list[Version]:
    """Every version of this list of the school, the newest first."""
    rows = list(may(actor, OwnInstrument, Verb.READ).filter(key=row.key).order_by("version"))
    sketches = [shown_sketch(one) for one in rows]
    before: list[Sketch | None] = [None, *sketches]
    found = [Version(one.version, "", one, shown_changes(was, now)) for one, was, now in zip(rows, before, sketches, strict=False)]
    return found[::-1]


def licence_is_over(row: OwnInstrument, *, on: date) -> bool:
    """Whether the licence that the school stated ended before this day."""
    return row.licence_until is not None and row.licence_until < on


def may_take(actor: Membership, row: OwnInstrument) -> bool:
    """Whether this person may take a version that was released out of the school, as a file.

    A text that everybody may have: everybody. A text of the school's own: who writes the lists. A text of somebody else: nobody.
    """
    if row.is_draft or row.fills:
        return False
    try:
        entry = entry_in(row)
    except (NoSuchInstrument, ContentRefused):
        return False
    is_own = entry.instrument.licence == Ownership.SCHOOL
    return entry.may_redistribute_text or (is_own and may_do(actor, row, Verb.WRITE))
