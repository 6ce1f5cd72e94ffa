"""The files of a school as groups, rounds, choices and answers; or everything that is wrong with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kring.class_files.choices import Choice, Choices, Statuses, choices_of, statuses_of
from kring.class_files.crowds import refuse_crowds, refuse_rounds
from kring.class_files.lists import Lists, given_lists, named_lists, natural, rounds_of
from kring.class_files.mapping import ClassMapping, Kind
from kring.class_files.places import Place, Reading
from kring.class_files.replies import Replies, replies_of
from kring.class_files.sheets import Sheet, file_of, sheets_of
from kring.core.answers import Answers, Missing, answers_from
from kring.core.instruments import Instrument, Question, QuestionKind
from kring.core.sociometry.nominations import NEGATIVE, POSITIVE, Edge, Nominations, Participation, nominations_from
from kring.file_problems import Problems, said

NO_LIST = said(
    "Er is geen leerlingenlijst (pupils.csv). De lijst is wie er genoemd wordt; "
    "een kind dat niemand kiest en door niemand gekozen is, ontbreekt."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A positive question with who chose whom, and who was rejected in the same round if that was asked."""

    question: Question
    nominations: Nominations


@dataclass(frozen=True, slots=True)
class Wave:
    """One round of one group: the list, the sociogram questions and the answers, as far as they were handed in.

    The rows of `answers` are the pupils in this order; who did not fill in the list is ABSENT on every item.
    """

    round: str
    pupils: tuple[str, ...]
    asked: tuple[Asked, ...]
    answers: Answers | None


@dataclass(frozen=True, slots=True)
class ClassGroup:
    """One group with its rounds in order. `names` pupil → name to show. The key is empty when the files name no group."""

    key: str
    names: Mapping[str, str]
    waves: tuple[Wave, ...]


@dataclass(frozen=True, slots=True)
class ClassFiles:
    """Everything that was handed in. `notes` are sentences (Dutch) about what was read otherwise than it stands there."""

    groups: tuple[ClassGroup, ...]
    instrument: Instrument | None
    notes: tuple[str, ...]


def class_files(
    files: Mapping[str, bytes],
    instrument: Instrument | None,
    mapping: ClassMapping | None = None,
    *,
    questions: Sequence[Question] = (),
) -> ClassFiles:
    """Read the files of one or more groups and rounds.

    `files` name → bytes. `questions` are the sociogram questions that nominations.csv may name, besides those of the instrument and
    the mapping. Raises FilesRefused with all problems; then nothing was read.
    """
    problems, mapping = Problems(), mapping or ClassMapping()
    sheets = sheets_of(files, mapping, problems)
    _something_to_read(sheets, instrument, problems)
    if not sheets or (Kind.PUPILS not in sheets and file_of(files, mapping.file(Kind.PUPILS).file)):
        problems.refuse()
    rounds = rounds_of(sheets, mapping.rounds)
    refuse_rounds(rounds, sheets)
    lists = given_lists(sheets, rounds, problems) if Kind.PUPILS in sheets else named_lists(sheets, rounds)
    refuse_crowds(lists, sheets)
    read = _read(sheets, instrument, mapping, (*mapping.questions, *_questions(instrument), *questions), Reading(lists, problems))
    problems.refuse()
    return _assembled(read, lists, instrument, mapping, sheets)


def _something_to_read(sheets: Mapping[Kind, Sheet], instrument: Instrument | None, problems: Problems) -> None:
    if not problems and Kind.NOMINATIONS not in sheets and Kind.ANSWERS not in sheets:
        advice = said("Zet er nominations.csv bij (wie kiest wie) of answers.csv (antwoorden op een vragenlijst).")
        problems.add(said("de map"), None, None, said("Er zijn geen keuzes en geen antwoorden."), advice)
    if Kind.ANSWERS in sheets and (instrument is None or not instrument.coded):
        message = said("Het is niet duidelijk bij welke vragenlijst deze antwoorden horen.")
        advice = said("Noem de vragenlijst, bijvoorbeeld met --instrument kring-leerling.")
        problems.add(sheets[Kind.ANSWERS].file, None, None, message, advice)


def _questions(instrument: Instrument | None) -> Iterable[Question]:
    return (question for question in (instrument.questions if instrument else ()) if question.kind is QuestionKind.NOMINATE)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the files hold, by place, before it is put together."""

    statuses: Statuses
    choices: Choices
    replies: Replies
    took_part: bool

    def places(self) -> set[Place]:
        return {*self.choices, *self.replies, *self.statuses}


def _read(
    sheets: Mapping[Kind, Sheet], instrument: Instrument | None, mapping: ClassMapping, questions: Sequence[Question], reading: Reading
) -> _Read:
    statuses: Statuses = {}
    choices: Choices = {}
    replies: Replies = {}
    if Kind.PARTICIPATION in sheets:
        statuses = statuses_of(sheets[Kind.PARTICIPATION], reading)
    if Kind.NOMINATIONS in sheets:
        choices = choices_of(sheets[Kind.NOMINATIONS], questions, statuses, reading)
    if Kind.ANSWERS in sheets and instrument is not None:
        replies = replies_of(sheets[Kind.ANSWERS], instrument, mapping, reading)
    return _Read(statuses, choices, replies, Kind.PARTICIPATION in sheets)


def _assembled(read: _Read, lists: Lists, instrument: Instrument | None, mapping: ClassMapping, sheets: Mapping[Kind, Sheet]) -> ClassFiles:
    notes = [note for sheet in sheets.values() for note in sheet.table.notes]
    notes += [note for sheet in sheets.values() for note in _unused(sheet)]
    notes += _about_lists(lists, sheets)
    negatives = {place.round for place, choices in read.choices.items() if any(one.question.polarity == NEGATIVE for one in choices)}
    groups = []
    known = read.places()
    for key in sorted(lists.groups, key=natural):
        places = [Place(key, round_) for round_ in lists.rounds if Place(key, round_) in known]
        waves = tuple(_wave(read, place, lists, instrument, mapping, negatives, notes) for place in places)
        if waves:
            groups.append(ClassGroup(key, lists.names(key), waves))
        elif lists.given:
            notes.append(said("Van groep %(group)s zijn er geen keuzes en geen antwoorden; die groep is overgeslagen.", group=key))
    return ClassFiles(tuple(groups), instrument, tuple(notes))


def _unused(sheet: Sheet) -> list[str]:
    if sheet.kind is Kind.ANSWERS or not sheet.others:
        return []
    return [said("%(file)s: niet gebruikt zijn de kolommen %(columns)s.", file=sheet.file, columns=", ".join(sheet.others))]


def _about_lists(lists: Lists, sheets: Mapping[Kind, Sheet]) -> list[str]:
    if lists.given or Kind.NOMINATIONS not in sheets:
        return []
    return [NO_LIST]


def _wave(
    read: _Read, place: Place, lists: Lists, instrument: Instrument | None, mapping: ClassMapping, negatives: set[str], notes: list[str]
) -> Wave:
    pupils = lists.on(place.group, place.round)
    asked = _asked(read, place, pupils, mapping, place.round in negatives, notes) if place in read.choices else ()
    return Wave(place.round, pupils, asked, _answers(read, place, pupils, instrument))


def _asked(read: _Read, place: Place, pupils: Sequence[str], mapping: ClassMapping, negative: bool, notes: list[str]) -> tuple[Asked, ...]:
    choices = read.choices[place]
    positive = dict.fromkeys(one.question for one in choices if one.question.polarity == POSITIVE)
    if not positive:
        notes.append(said("%(where)s: er is geen positieve vraag gesteld, dus er is geen sociogram.", where=_where(place)))
    took_part = _participation(read, place, pupils, mapping, notes)
    polarities = (POSITIVE, NEGATIVE) if negative else (POSITIVE,)
    return tuple(Asked(one, nominations_from(pupils, _edges(choices, one), took_part, asked=polarities)) for one in positive)


def _edges(choices: Iterable[Choice], question: Question) -> list[Edge]:
    """The choices of this question, and every rejection of the same round once."""
    chosen = {Edge(one.from_pupil, one.to_pupil, one.question.polarity) for one in choices if one.question == question}
    rejected = {Edge(one.from_pupil, one.to_pupil, NEGATIVE) for one in choices if one.question.polarity == NEGATIVE}
    return sorted(chosen | rejected, key=lambda edge: (edge.from_pupil, edge.to_pupil))


def _participation(read: _Read, place: Place, pupils: Sequence[str], mapping: ClassMapping, notes: list[str]) -> dict[str, Participation]:
    """Who chose someone in any question of the round took part; who is silent is not taken to have chosen nobody, unless we were told."""
    told = read.statuses.get(place, {})
    gives = {one.from_pupil for one in read.choices[place]}
    otherwise = mapping.others or Participation.ABSENT
    silent = [pupil for pupil in pupils if pupil not in told and pupil not in gives]
    if silent and mapping.others is None:
        notes.append(_silence(place, len(silent), read.took_part))
    return {**dict.fromkeys(gives, Participation.DONE), **dict.fromkeys(silent, otherwise), **told}


def _silence(place: Place, silent: int, took_part: bool) -> str:
    who = said("1 leerling heeft") if silent == 1 else said("%(n)d leerlingen hebben", n=silent)
    why = said("en staat het niet in de deelname") if took_part else said("en er is geen participation.csv")
    return said(
        "%(where)s: %(who)s niemand gekozen, %(why)s. Dat telt als afwezig, niet als “kiest niemand”.",
        where=_where(place),
        who=who,
        why=why,
    )


def _where(place: Place) -> str:
    group = said("Groep %(group)s", group=place.group) if place.group else said("De groep")
    return said("%(group)s, ronde %(round)s", group=group, round=place.round) if place.round else group


def _answers(read: _Read, place: Place, pupils: Sequence[str], instrument: Instrument | None) -> Answers | None:
    if instrument is None or place not in read.replies:
        return None
    given = read.replies[place]
    absent = dict.fromkeys((item.key for item in instrument.coded), Missing.ABSENT)
    return answers_from(instrument, [given.get(pupil, absent) for pupil in pupils])
