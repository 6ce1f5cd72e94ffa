"""To which group and round a row belongs, and whether the pupils it names are on that list."""

from collections.abc import Iterable
from dataclasses import dataclass

from kring.class_files.lists import Lists
from kring.class_files.sheets import Sheet
from kring.class_files.table import Row
from kring.file_problems import Problems, said


@dataclass(frozen=True, slots=True)
class Place:
    """A group in a round."""

    group: str
    round: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row is read against: the lists, and where problems go."""

    lists: Lists
    problems: Problems

    def wrong(self, sheet: Sheet, row: Row, column: str, message: str, advice: str) -> None:
        """Add a problem with a cell."""
        self.problems.add(sheet.file, row.line, sheet.heading(column), message, advice)

    def place(self, sheet: Sheet, row: Row, column: str) -> Place | None:
        """The group and round of the row, by its own columns or else by the pupil in this column."""
        if not sheet.cell(row, column):
            self.wrong(sheet, row, column, said("Hier ontbreekt de leerling."), said("Vul de leerling in, of haal de rij weg."))
            return None
        round_, group = self._round(sheet, row), self._group(sheet, row, column)
        return None if round_ is None or group is None else Place(group, round_)

    def _round(self, sheet: Sheet, row: Row) -> str | None:
        rounds = self.lists.rounds
        if "round" in sheet:
            round_ = sheet.cell(row, "round")
            if not round_:
                self.wrong(sheet, row, "round", said("Hier ontbreekt de ronde."), said("Vul de ronde in."))
            return round_ or None
        if len(rounds) == 1:
            return rounds[0]
        message = said(
            "Er zijn %(n)d rondes (%(rounds)s), maar dit bestand heeft geen kolom voor de ronde.",
            n=len(rounds),
            rounds=", ".join(rounds[:6]),
        )
        self.problems.add(sheet.file, sheet.table.heading_line, "round", message, said("Zet er een kolom round bij."))
        return None

    def _group(self, sheet: Sheet, row: Row, column: str) -> str | None:
        groups = self.lists.groups
        if "group" in sheet:
            group = sheet.cell(row, "group")
            if group in groups:
                return group
            message, advice = (
                (said("Groep “%(group)s” staat niet bij de leerlingen.", group=group), one_of(list(groups)[:12]))
                if group
                else (said("Hier ontbreekt de groep."), said("Vul de groep in."))
            )
            self.wrong(sheet, row, "group", message, advice)
            return None
        return self._group_by_pupil(sheet, row, column)

    def _group_by_pupil(self, sheet: Sheet, row: Row, column: str) -> str | None:
        pupil = sheet.cell(row, column)
        match self.lists.groups_of(pupil):
            case [group]:
                return group
            case []:
                self.unknown(sheet, row, column)
            case several:
                message = said("Leerling “%(pupil)s” zit in meer dan één groep (%(groups)s).", pupil=pupil, groups=", ".join(several))
                self.wrong(sheet, row, column, message, said("Zet een kolom group in dit bestand."))
        return None

    def unknown(self, sheet: Sheet, row: Row, column: str) -> None:
        """Nobody knows this pupil."""
        message = said("Leerling “%(pupil)s” staat niet op de leerlingenlijst.", pupil=sheet.cell(row, column))
        advice = said("Kijk of het nummer of de naam goed geschreven is, of zet de leerling op de lijst.")
        self.wrong(sheet, row, column, message, advice)

    def listed(self, sheet: Sheet, row: Row, column: str, place: Place) -> bool:
        """Is the pupil in this column on the list of this group in this round?"""
        pupil = sheet.cell(row, column)
        if self.lists.has(place.group, place.round, pupil):
            return True
        groups = self.lists.groups_of(pupil)
        if not groups:
            self.unknown(sheet, row, column)
        elif place.group not in groups:
            message = _elsewhere(pupil, place, groups)
            self.wrong(sheet, row, column, message, said("Kinderen kiezen binnen hun eigen groep; kijk de groep en de leerling na."))
        else:
            message = said("Leerling “%(pupil)s” staat in ronde %(round)s niet op de lijst van deze groep.", pupil=pupil, round=place.round)
            advice = said("Kijk de ronde na, en vanaf en tot welke ronde (from, to) de leerling in de groep zit.")
            self.wrong(sheet, row, column, message, advice)
        return False


def _elsewhere(pupil: str, place: Place, groups: list[str]) -> str:
    if not place.group:
        return said("Leerling “%(pupil)s” zit niet in de groep van deze rij maar in %(groups)s.", pupil=pupil, groups=", ".join(groups))
    return said(
        "Leerling “%(pupil)s” zit niet in groep %(group)s maar in %(groups)s.", pupil=pupil, group=place.group, groups=", ".join(groups)
    )


def one_of(known: Iterable[str]) -> str:
    """The advice to write one of these."""
    return said("Kies uit: %(known)s.", known=", ".join(known))
