"""Who chose whom and who took part: nominations.csv and participation.csv, checked against the lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kring.class_files.places import Place, Reading, one_of
from kring.class_files.sheets import Sheet
from kring.class_files.table import Row
from kring.core.instruments import Question
from kring.core.sociometry.nominations import Participation
from kring.file_problems import said

STATUSES: Mapping[str, Participation] = {
    **{status.value: status for status in Participation},
    "gedaan": Participation.DONE, "leeg": Participation.EMPTY, "afwezig": Participation.ABSENT, "geweigerd": Participation.REFUSED,
}  # fmt: skip
WITHOUT_CHOICES = {
    Participation.ABSENT: said("was volgens de deelname afwezig"),
    Participation.REFUSED: said("deed volgens de deelname niet mee"),
    Participation.EMPTY: said("koos volgens de deelname niemand"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of nominations.csv that counts."""

    line: int
    question: Question
    from_pupil: str
    to_pupil: str


Statuses = Mapping[Place, Mapping[str, Participation]]
Choices = Mapping[Place, Sequence[Choice]]


def statuses_of(sheet: Sheet, reading: Reading) -> dict[Place, dict[str, Participation]]:
    """How each pupil took part, as far as the file tells."""
    found: dict[Place, dict[str, Participation]] = {}
    lines: dict[tuple[Place, str], int] = {}
    for row in sheet:
        status, place = _status(sheet, row, reading), reading.place(sheet, row, "pupil")
        if status is None or place is None or not reading.listed(sheet, row, "pupil", place):
            continue
        pupil = sheet.cell(row, "pupil")
        line = lines.setdefault((place, pupil), row.line)
        before = found.setdefault(place, {}).setdefault(pupil, status)
        if line != row.line and not (sheet.mapping.repeats and before is status):
            message = said("Leerling “%(pupil)s” staat al op regel %(line)d.", pupil=pupil, line=line)
            reading.wrong(sheet, row, "pupil", message, said("Laat één rij per leerling per ronde staan."))
    return found


def _status(sheet: Sheet, row: Row, reading: Reading) -> Participation | None:
    word = sheet.cell(row, "status")
    status = STATUSES.get(word.casefold())
    if status is None:
        message = said("“%(word)s” is geen manier van meedoen.", word=word) if word else said("Hier staat niet hoe de leerling meedeed.")
        reading.wrong(sheet, row, "status", message, one_of(Participation))
    return status


def choices_of(sheet: Sheet, questions: Sequence[Question], statuses: Statuses, reading: Reading) -> dict[Place, list[Choice]]:
    """Every choice, by group and round; what cannot be goes to the problems."""
    known = {question.key.casefold(): question for question in questions}
    book = _Book(sheet, statuses, reading, {})
    found: dict[Place, list[Choice]] = {}
    for row in sheet:
        question = _question(sheet, row, known, reading)
        counts = _counts(sheet, row, reading)
        place = reading.place(sheet, row, "from")
        if place is None or not _pupils_fit(sheet, row, place, reading) or question is None or not counts:
            continue
        choice = Choice(row.line, question, sheet.cell(row, "from"), sheet.cell(row, "to"))
        if book.takes(place, row, choice):
            found.setdefault(place, []).append(choice)
    return found


def _question(sheet: Sheet, row: Row, known: Mapping[str, Question], reading: Reading) -> Question | None:
    key = sheet.cell(row, "question")
    question = known.get(key.casefold())
    if question is None:
        message = said("De vraag “%(question)s” is onbekend.", question=key) if key else said("Hier ontbreekt de vraag.")
        keys = ", ".join(one.key for one in known.values())
        advice = said("Kies uit: %(known)s.", known=keys)
        reading.wrong(sheet, row, "question", message, advice)
    return question


def _counts(sheet: Sheet, row: Row, reading: Reading) -> bool:
    """1 or nothing is a choice, 0 is none."""
    value = sheet.cell(row, "value")
    if value not in ("", "0", "1"):
        message = said("De waarde “%(value)s” kan niet bij een keuze.", value=value)
        reading.wrong(sheet, row, "value", message, said("Schrijf 1 voor gekozen, 0 voor niet gekozen, of laat de cel leeg."))
    return value in ("", "1")


def _pupils_fit(sheet: Sheet, row: Row, place: Place, reading: Reading) -> bool:
    """Both on the list of this round, and not the same pupil."""
    if not sheet.cell(row, "to"):
        reading.wrong(sheet, row, "to", said("Hier ontbreekt wie er gekozen is."), said("Vul de leerling in, of haal de rij weg."))
        return False
    fits = [reading.listed(sheet, row, column, place) for column in ("from", "to")]
    if sheet.cell(row, "from") == sheet.cell(row, "to"):
        message = said("Leerling “%(pupil)s” kiest zichzelf.", pupil=sheet.cell(row, "to"))
        reading.wrong(sheet, row, "to", message, said("Haal de rij weg of verbeter een van beide."))
        return False
    return all(fits)


@dataclass(frozen=True, slots=True)
class _Book:
    """What was chosen so far: who chooses twice, chooses and rejects, chooses too many, or chooses though not there."""

    sheet: Sheet
    statuses: Statuses
    reading: Reading
    lines: dict[tuple[object, ...], int]

    def takes(self, place: Place, row: Row, choice: Choice) -> bool:
        """Is this a new choice? Whatever is wrong with it goes to the problems."""
        pair = (place, choice.from_pupil, choice.to_pupil)
        first = self.lines.setdefault((*pair, choice.question.key), row.line)
        if first != row.line:
            if not self.sheet.mapping.repeats:
                message = said("Deze keuze staat al op regel %(line)d.", line=first)
                self._wrong(row, "to", message, said("Haal een van beide rijen weg."))
            return False
        self._no_opposite(pair, row, choice)
        self._took_part(place, row, choice)
        self._within_limit(place, row, choice)
        return True

    def _no_opposite(self, pair: tuple[object, ...], row: Row, choice: Choice) -> None:
        self.lines.setdefault((*pair, choice.question.polarity), row.line)
        other = self.lines.get((*pair, -choice.question.polarity))
        if other is not None:
            message = said(
                "“%(pupil)s” kiest “%(other)s” hier en het tegenovergestelde op regel %(line)d.",
                pupil=choice.from_pupil,
                other=choice.to_pupil,
                line=other,
            )
            self._wrong(row, "to", message, said("Kijk na welke van de twee bedoeld is."))

    def _took_part(self, place: Place, row: Row, choice: Choice) -> None:
        status = self.statuses.get(place, {}).get(choice.from_pupil)
        if status in WITHOUT_CHOICES:
            message = said("Leerling “%(pupil)s” %(why)s, maar kiest hier iemand.", pupil=choice.from_pupil, why=WITHOUT_CHOICES[status])
            self._wrong(row, "from", message, said("Verbeter de deelname of haal de keuze weg."))

    def _within_limit(self, place: Place, row: Row, choice: Choice) -> None:
        limit = choice.question.limit
        key = (place, choice.from_pupil, "count", choice.question.key)
        count = self.lines[key] = self.lines.get(key, 0) + 1
        if limit is not None and count == limit + 1:
            message = said(
                "Leerling “%(pupil)s” kiest er bij “%(question)s” meer dan %(limit)d.",
                pupil=choice.from_pupil,
                question=choice.question.key,
                limit=limit,
            )
            self._wrong(row, "to", message, said("Bij deze vraag mogen het er hooguit %(limit)d zijn.", limit=limit))

    def _wrong(self, row: Row, column: str, message: str, advice: str) -> None:
        self.reading.wrong(self.sheet, row, column, message, advice)
