"""What the files of a class would change in one group: values only, so that the preview and the deed cannot differ."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kring.class_files import ClassFiles, ClassGroup, Wave
from kring.core.answers import Missing
from kring.core.instruments import Instrument
from kring.core.sociometry.nominations import TOOK_PART
from kring.file_problems import Problems, said

PUPILS = "pupils.csv"
MOST_PUPILS = 200
LONGEST = 60  # characters of a name or a key, as a pupil keeps them


@dataclass(frozen=True, slots=True)
class Roster:
    """The group as it stands: the keys of its pupils, those that sit elsewhere in the school, and its years of school (groep 1 is 1)."""

    group: str
    names: Mapping[str, str]  # key in the school's administration → name
    elsewhere: Collection[str]
    years_of_school: Sequence[int]


@dataclass(frozen=True, slots=True)
class WaveProposal:
    """One round: who is on the list, and how much came in."""

    label: str
    wave: Wave
    answered: int
    chose: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The change as a person can check it."""

    instrument: Instrument | None
    known: Mapping[str, str]
    new: Mapping[str, str]
    missing: Mapping[str, str]  # pupils of the group whom the files do not name
    waves: tuple[WaveProposal, ...]
    notes: tuple[str, ...]


def proposal(read: ClassFiles, roster: Roster, *, may_enrol: Collection[str]) -> Proposal:
    """Lay the files beside the group. `may_enrol` holds the groups in which this person may put new pupils.

    Raises FilesRefused: pupils who sit in another group, unknown pupils for those who may not enrol them, a list for other years.
    """
    problems = Problems()
    group = _group_of(read, roster, problems)
    if group is None:
        problems.refuse()
        raise AssertionError  # a group that is missing was refused
    named = _named(group)
    new = {key: name for key, name in named.items() if key not in roster.names}
    _check_new(new, roster, may_enrol, problems)
    _check_levels(read.instrument, roster, group, problems)
    problems.refuse()
    return Proposal(
        instrument=read.instrument,
        known={key: roster.names[key] for key in named if key in roster.names},
        new=new,
        missing={key: name for key, name in roster.names.items() if key not in named},
        waves=tuple(_wave(wave) for wave in group.waves),
        notes=read.notes,
    )


def _group_of(read: ClassFiles, roster: Roster, problems: Problems) -> ClassGroup | None:
    """The group that bears this name; or the only one, when the files do not say which it is."""
    by_name = {group.key: group for group in read.groups}
    if roster.group in by_name:
        return by_name[roster.group]
    if set(by_name) == {""}:
        return by_name[""]
    message = said("Groep %(group)s staat niet in de bestanden.", group=roster.group)
    if by_name:
        message = said("Groep %(group)s staat niet in de bestanden; wel: %(found)s.", group=roster.group, found=", ".join(by_name))
    problems.add(PUPILS, None, "group", message, said("Kies de goede groep, of kies andere bestanden."))
    return None


def _named(group: ClassGroup) -> dict[str, str]:
    """Everybody on a list of some round, in the order of the files."""
    keys = dict.fromkeys(key for wave in group.waves for key in wave.pupils)
    return {key: group.names[key] for key in keys}


def _check_new(new: Mapping[str, str], roster: Roster, may_enrol: Collection[str], problems: Problems) -> None:
    if len(roster.names) + len(new) > MOST_PUPILS:
        message = said(
            "De groep krijgt dan %(pupils)d leerlingen; Kring neemt er hooguit %(most)d.",
            pupils=len(roster.names) + len(new),
            most=MOST_PUPILS,
        )
        problems.add(PUPILS, None, "pupil", message, said("Kijk of het de goede bestanden zijn: dit is geen groep."))
    for key, name in new.items():
        if max(len(key), len(name)) > LONGEST:
            message = said(
                "De naam of de sleutel van leerling “%(pupil)s” is langer dan %(most)d tekens.", pupil=key[:LONGEST], most=LONGEST
            )
            problems.add(PUPILS, None, "name", message, said("Kijk of er twee kolommen door elkaar staan, of kort de naam in."))
        if key in roster.elsewhere:
            advice = said("Haal de leerling uit de bestanden, of zet de leerling eerst in deze groep.")
            problems.add(PUPILS, None, "pupil", said("Leerling “%(pupil)s” zat op die dag niet in deze groep.", pupil=key), advice)
        elif roster.group not in may_enrol:
            advice = said("Gebruik de leerlingnummers van de groep (zie het voorbeeldbestand), of vraag de intern begeleider.")
            problems.add(PUPILS, None, "pupil", said("Leerling “%(pupil)s” zit niet in deze groep.", pupil=key), advice)
    if new and len(roster.years_of_school) != 1:
        message = said("In deze groep is niet te zien in welk leerjaar een nieuwe leerling zit.")
        problems.add(PUPILS, None, None, message, said("Zet nieuwe leerlingen eerst zelf in de groep."))


def _check_levels(instrument: Instrument | None, roster: Roster, group: ClassGroup, problems: Problems) -> None:
    answers = any(wave.answers is not None for wave in group.waves)
    if instrument is None or instrument.year_levels is None or not answers:
        return
    first, last = instrument.year_levels
    if not any(first <= level <= last for level in roster.years_of_school):
        message = said("“%(title)s” is voor andere leerjaren dan die van deze groep.", title=instrument.title)
        problems.add("answers.csv", None, None, message, said("Kies een andere vragenlijst."))


def _wave(wave: Wave) -> WaveProposal:
    answered = 0 if wave.answers is None else int((~(wave.answers.reasons == Missing.ABSENT).all(axis=1)).sum())
    chose = max((sum(status in TOOK_PART for status in asked.nominations.participation) for asked in wave.asked), default=0)
    return WaveProposal(wave.round, wave, answered, chose)
