"""To which group and round a row belongs, and whether the pupils it names are on that list."""

from dataclasses import dataclass

from kring.class_files.lists import Lists
from kring.class_files.sheets import Sheet
from kring.class_files.table import Row
from kring.file_problems import Problems


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
            self.wrong(sheet, row, column, "Hier ontbreekt de leerling.", "Vul de leerling in, of haal de rij weg.")
            return None
        round_, group = self._round(sheet, row), self._group(sheet, row, column)
        return None if round_ is None or group is None else Place(group, round_)

    def _round(self, sheet: Sheet, row: Row) -> str | None:
        rounds = self.lists.rounds
        if "round" in sheet:
            round_ = sheet.cell(row, "round")
            if not round_:
                self.wrong(sheet, row, "round", "Hier ontbreekt de ronde.", "Vul de ronde in.")
            return round_ or None
        if len(rounds) == 1:
            return rounds[0]
        message = f"Er zijn {len(rounds)} rondes ({', '.join(rounds[:6])}), maar dit bestand heeft geen kolom voor de ronde."
        self.problems.add(sheet.file, sheet.table.heading_line, "round", message, "Zet er een kolom round bij.")
        return None

    def _group(self, sheet: Sheet, row: Row, column: str) -> str | None:
        groups = self.lists.groups
        if "group" in sheet:
            group = sheet.cell(row, "group")
            if group in groups:
                return group
            message, advice = (
                (f"Groep “{group}” staat niet bij de leerlingen.", f"Kies uit: {', '.join(list(groups)[:12])}.")
                if group
                else ("Hier ontbreekt de groep.", "Vul de groep in.")
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
                message = f"Leerling “{pupil}” zit in meer dan één groep ({', '.join(several)})."
                self.wrong(sheet, row, column, message, "Zet een kolom group in dit bestand.")
        return None

    def unknown(self, sheet: Sheet, row: Row, column: str) -> None:
        """Nobody knows this pupil."""
        advice = "Kijk of het nummer of de naam goed geschreven is, of zet de leerling op de lijst."
        self.wrong(sheet, row, column, f"Leerling “{sheet.cell(row, column)}” staat niet op de leerlingenlijst.", advice)

    def listed(self, sheet: Sheet, row: Row, column: str, place: Place) -> bool:
        """Is the pupil in this column on the list of this group in this round?"""
        pupil = sheet.cell(row, column)
        if self.lists.has(place.group, place.round, pupil):
            return True
        groups = self.lists.groups_of(pupil)
        if not groups:
            self.unknown(sheet, row, column)
        elif place.group not in groups:
            message = f"Leerling “{pupil}” zit niet in groep {place.group or 'van deze rij'} maar in {', '.join(groups)}."
            self.wrong(sheet, row, column, message, "Kinderen kiezen binnen hun eigen groep; kijk de groep en de leerling na.")
        else:
            message = f"Leerling “{pupil}” staat in ronde {place.round} niet op de lijst van deze groep."
            self.wrong(sheet, row, column, message, "Kijk de ronde na, en vanaf en tot welke ronde (from, to) de leerling in de groep zit.")
        return False
