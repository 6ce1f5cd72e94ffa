"""What a list of pupils would change at a school, as a page shows it and a second reading compares it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from kring.class_files.lists import natural
from kring.core.roster import Fault, KnownPupil, RosterChange, Step, Wrong, faults_by_line
from kring.file_problems import Problems, said


@dataclass(frozen=True, slots=True)
class RosterProposal:
    """All of it. `leaves_on` are the pupils whom a person takes off, with the first day without them."""

    file: str
    change: RosterChange
    leaves_on: Mapping[str, date] = field(default_factory=dict)

    @property
    def new(self) -> list[Step]:
        return [step for step in self.change.steps if step.is_new]

    @property
    def by_group(self) -> dict[str, list[Step]]:
        """New pupils by the group in which they come."""
        found: dict[str, list[Step]] = {}
        for step in self.new:
            found.setdefault(step.line.group, []).append(step)
        return dict(sorted(found.items(), key=lambda one: natural(one[0])))

    @property
    def moved(self) -> list[Step]:
        return [step for step in self.change.steps if step.is_moved or step.comes_in]

    @property
    def corrected(self) -> list[Step]:
        return [step for step in self.change.steps if step.corrected]

    @property
    def same(self) -> int:
        return sum(step.changes_nothing for step in self.change.steps)

    @property
    def changes_nothing(self) -> bool:
        return self.same == len(self.change.steps) and not self.change.groups and not self.leaves_on

    @property
    def leaving(self) -> list[tuple[KnownPupil, date]]:
        return [(one, self.leaves_on[one.key]) for one in self.change.gone if one.key in self.leaves_on]

    @property
    def fingerprint(self) -> str:
        """Of all that was shown: what has changed since has another."""
        return sha256(repr((self.change, sorted(self.leaves_on.items()))).encode()).hexdigest()

    def refuse(self) -> None:
        """Raises FilesRefused with all that is wrong."""
        problems = Problems()
        for fault in faults_by_line(self.change.faults):
            column, message, advice = _said(fault)
            problems.add(self.file, fault.line.line, column, message, advice)
        problems.refuse()


def _said(fault: Fault) -> tuple[str, str, str]:
    """The column, what is wrong, and what to do."""
    column, message, advice = _SAID[fault.wrong]
    facts = {
        "name": str(fault.line.name),
        "number": fault.line.number,
        "group": fault.line.group,
        "level": fault.line.level,
        "earlier": fault.earlier,
        "levels": ", ".join(map(str, fault.levels)),
        "day": f"{fault.line.born_on:%d-%m-%Y}" if fault.line.born_on else "",
    }
    return column, said(message, **facts), said(advice, **facts)


_SAID: Mapping[Wrong, Sequence[str]] = {
    Wrong.NUMBER_TWICE: (
        "leerlingnummer",
        said("Dit leerlingnummer staat ook op regel %(earlier)d."),
        said("Haal een van beide regels weg."),
    ),
    Wrong.TWO_GROUPS: (
        "groep",
        said("%(name)s staat op regel %(earlier)d in een andere groep."),
        said("Een leerling zit in één groep tegelijk. Haal een van beide regels weg."),
    ),
    Wrong.PUPIL_TWICE: (
        "leerlingnummer",
        said("%(name)s staat met een ander nummer ook op regel %(earlier)d. In Kring is dat één leerling."),
        said("Haal een van beide regels weg."),
    ),
    Wrong.BORN_UNLIKELY: (
        "geboortedatum",
        said("%(name)s zou op %(day)s geboren zijn. Zo oud is geen leerling."),
        said("Kijk de geboortedatum na, of laat die leeg."),
    ),
    Wrong.GROUP_WITHOUT_LEVEL: (
        "groep",
        said("Bij groep “%(group)s” is niet te zien welk leerjaar het is."),
        said("Vul bij elke leerling van deze groep het leerjaar in, of maak de groep eerst zelf."),
    ),
    Wrong.LEVEL_MISSING: (
        "leerjaar",
        said("Groep %(group)s heeft meer dan één leerjaar, en hier staat niet in welk %(name)s zit."),
        said("Vul het leerjaar in: %(levels)s."),
    ),
    Wrong.LEVEL_ELSEWHERE: (
        "leerjaar",
        said("Groep %(group)s heeft geen leerjaar %(level)s."),
        said("Kies uit: %(levels)s. Of geef de groep er eerst dit leerjaar bij."),
    ),
    Wrong.LEVEL_UNKNOWN: (
        "leerjaar",
        said("Leerjaar %(level)s is er op deze school niet."),
        said("Kies uit: %(levels)s."),
    ),
}
