"""Who is on the list: every group with its pupils, and in which rounds they are in it.

A pupil who has left is not on the list of the rounds after that. A pupil who was absent stays on it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kring.class_files.mapping import Kind
from kring.class_files.sheets import Sheet
from kring.class_files.table import Row
from kring.file_problems import Problems, said

NAMING = {Kind.NOMINATIONS: ("from", "to"), Kind.PARTICIPATION: ("pupil",), Kind.ANSWERS: ("pupil",)}


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts 2 before 10 and capitals among small letters."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return tuple(_number(part) if part.isascii() and part.isdigit() else (1, 0, part.casefold()) for part in parts)


def _number(digits: str) -> tuple[int, int, str]:
    """Numbers of any length compare by their number of digits, then digit by digit."""
    plain = digits.lstrip("0")
    return 0, len(plain), plain


@dataclass(frozen=True, slots=True)
class Member:
    """A pupil in a group, from the first round up to and including the last; None is open."""

    pupil: str
    name: str
    first: str | None = None
    last: str | None = None


@dataclass(slots=True)
class Lists:
    """The groups with their pupils. `given` tells whether a list of pupils was handed in; without it those who are named are the list."""

    rounds: Sequence[str]
    given: bool
    groups: dict[str, dict[str, list[Member]]] = field(default_factory=dict)
    named: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    _groups_of: dict[str, list[str]] = field(default_factory=dict)
    _on: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def groups_of(self, pupil: str) -> list[str]:
        """The groups this pupil is in."""
        return self._groups_of.get(pupil, [])

    def add(self, group: str, member: Member) -> None:
        """Put a pupil on the list of a group."""
        spells = self.groups.setdefault(group, {}).setdefault(member.pupil, [])
        if not spells:
            self._groups_of.setdefault(member.pupil, []).append(group)
        spells.append(member)

    def on(self, group: str, round_: str) -> tuple[str, ...]:
        """The list of this group in this round, in natural order. To be asked when all lists are complete."""
        if (group, round_) not in self._on:
            self._on[group, round_] = tuple(sorted(self._members(group, round_), key=natural))
        return self._on[group, round_]

    def has(self, group: str, round_: str, pupil: str) -> bool:
        """Is this pupil on the list of this group in this round?"""
        if not self.given:
            return pupil in self.named.get((group, round_), ())
        return self._present(self.groups.get(group, {}).get(pupil, ()), round_)

    def _members(self, group: str, round_: str) -> Iterable[str]:
        if not self.given:
            return self.named.get((group, round_), ())
        return (pupil for pupil, spells in self.groups.get(group, {}).items() if self._present(spells, round_))

    def _present(self, spells: Iterable[Member], round_: str) -> bool:
        place = self.rounds.index(round_)
        return any(self._from(spell) <= place <= self._until(spell) for spell in spells)

    def _from(self, member: Member) -> int:
        return 0 if member.first is None else self.rounds.index(member.first)

    def _until(self, member: Member) -> int:
        return len(self.rounds) if member.last is None else self.rounds.index(member.last)

    def names(self, group: str) -> Mapping[str, str]:
        """Pupil → the name to show; pupils with the same name are told apart by their key."""
        names = {pupil: spells[-1].name or pupil for pupil, spells in self.groups.get(group, {}).items()}
        shared = {name for name, times in Counter(names.values()).items() if times > 1}
        return {pupil: f"{name} ({pupil})" if name in shared else name for pupil, name in names.items()}


def rounds_of(sheets: Mapping[Kind, Sheet], order: Sequence[str]) -> tuple[str, ...]:
    """Every round that a file names, in the given order or else in natural order; one nameless round when no file names any."""
    found = {sheet.cell(row, "round") for sheet in sheets.values() if "round" in sheet for row in sheet} - {""}
    pupils = sheets.get(Kind.PUPILS)
    if pupils is not None:
        found |= {pupils.cell(row, column) for row in pupils for column in ("from", "to")} - {""}
    return (*order, *sorted(found - set(order), key=natural)) or ("",)


def given_lists(sheets: Mapping[Kind, Sheet], rounds: Sequence[str], problems: Problems) -> Lists:
    """The lists of pupils.csv."""
    sheet, lists = sheets[Kind.PUPILS], Lists(rounds, given=True)
    only = _only_group(sheets, problems)
    seen: dict[tuple[str, ...], int] = {}
    for row in sheet:
        member = Member(sheet.cell(row, "pupil"), sheet.cell(row, "name"), sheet.cell(row, "from") or None, sheet.cell(row, "to") or None)
        group = sheet.cell(row, "group") if "group" in sheet else only
        key = (group, member.pupil, member.first or "", member.last or "")
        if _sound(sheet, row, member, group, lists, problems) and not _seen(sheet, row, key, seen, problems):
            lists.add(group, member)
    return lists


def _sound(sheet: Sheet, row: Row, member: Member, group: str, lists: Lists, problems: Problems) -> bool:
    if not member.pupil:
        message, advice = said("Hier ontbreekt de leerling."), said("Vul een nummer of sleutel in.")
        problems.add(sheet.file, row.line, sheet.heading("pupil"), message, advice)
    if "group" in sheet and not group:
        message, advice = said("Hier ontbreekt de groep."), said("Vul de groep in, of haal de kolom weg.")
        problems.add(sheet.file, row.line, sheet.heading("group"), message, advice)
    if lists._until(member) < lists._from(member):
        message = said("Ronde “%(last)s” ligt vóór ronde “%(first)s”.", last=member.last, first=member.first)
        problems.add(sheet.file, row.line, sheet.heading("to"), message, said("Zet de eerste en de laatste ronde in de goede volgorde."))
    return bool(member.pupil)


def _seen(sheet: Sheet, row: Row, key: tuple[str, ...], seen: dict[tuple[str, ...], int], problems: Problems) -> bool:
    if key not in seen:
        seen[key] = row.line
        return False
    if not sheet.mapping.repeats:
        message = said("Leerling “%(pupil)s” staat al op regel %(line)d.", pupil=key[1], line=seen[key])
        advice = said("Haal een van beide weg, of geef twee leerlingen een eigen sleutel.")
        problems.add(sheet.file, row.line, sheet.heading("pupil"), message, advice)
    return True


def _only_group(sheets: Mapping[Kind, Sheet], problems: Problems) -> str:
    """The group of a list of pupils without groups: the one that the other files name, if they name one."""
    pupils = sheets[Kind.PUPILS]
    others = [sheet for kind, sheet in sheets.items() if kind is not Kind.PUPILS and "group" in sheet]
    found = sorted({sheet.cell(row, "group") for sheet in others for row in sheet}, key=natural)
    if len(found) > 1 and "group" not in pupils:
        message = said("De andere bestanden noemen %(groups)d groepen, maar de leerlingen hebben er geen.", groups=len(found))
        problems.add(pupils.file, pupils.table.heading_line, "group", message, said("Zet een kolom group bij de leerlingen."))
    return found[0] if found else ""


def named_lists(sheets: Mapping[Kind, Sheet], rounds: Sequence[str]) -> Lists:
    """The lists when no pupils.csv was handed in: whoever is named in a file. Files that name groups come first."""
    lists = Lists(rounds, given=False)
    naming = [sheet for kind, sheet in sheets.items() if kind in NAMING]
    for sheet in sorted(naming, key=lambda sheet: "group" not in sheet):
        for row in sheet:
            for pupil in {sheet.cell(row, column) for column in NAMING[sheet.kind]} - {""}:
                _name(lists, sheet, row, pupil)
    return lists


def _name(lists: Lists, sheet: Sheet, row: Row, pupil: str) -> None:
    groups = [sheet.cell(row, "group")] if "group" in sheet else lists.groups_of(pupil) or list(lists.groups)[:1] or [""]
    round_ = sheet.cell(row, "round") if "round" in sheet else lists.rounds[0]
    if not lists.groups.get(groups[0], {}).get(pupil):
        lists.add(groups[0], Member(pupil, ""))
    lists.named.setdefault((groups[0], round_), set()).add(pupil)
