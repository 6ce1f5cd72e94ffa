"""Everything that can be wrong with the files of a class: one message each, with file, line, column and what to do; all at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.class_files import ClassFiles, FilesRefused, Problem, class_files, read_mapping
from tests.class_files.test_reading import PUPILS, QUESTIONS, TINY, read


def refused(mapping: str = "", **files: str) -> tuple[Problem, ...]:
    with pytest.raises(FilesRefused) as refusal:
        read(read_mapping(mapping, source="mapping.yaml") if mapping else None, **files)
    assert all(problem.message.endswith(".") and problem.advice.endswith(".") for problem in refusal.value.problems)
    return refusal.value.problems


CHOICES = "question,from,to\n"


@pytest.mark.parametrize(
    ("rows", "line", "column", "message"),
    [
        ("together,1,9\n", 2, "to", "Leerling “9” staat niet op de leerlingenlijst."),
        ("together,9,1\n", 2, "from", "Leerling “9” staat niet op de leerlingenlijst."),
        ("together,1,1\n", 2, "to", "Leerling “1” kiest zichzelf."),
        ("together,1,2\ntogether,2,1\ntogether,1,2\n", 4, "to", "Deze keuze staat al op regel 2."),
        ("together,1,2\nrather_not,1,2\n", 3, "to", "“1” kiest “2” hier en het tegenovergestelde op regel 2."),
        ("enemy,1,2\n", 2, "question", "De vraag “enemy” is onbekend."),
        (",1,2\n", 2, "question", "Hier ontbreekt de vraag."),
        ("together,1,\n", 2, "to", "Hier ontbreekt wie er gekozen is."),
        ("together,,1\n", 2, "from", "Hier ontbreekt de leerling."),
    ],
)
def test_a_choice_that_cannot_be(rows: str, line: int, column: str, message: str) -> None:
    (problem,) = refused(pupils=PUPILS, nominations=CHOICES + rows)
    assert (problem.file, problem.line, problem.column, problem.message) == ("nominations.csv", line, column, message)


def test_more_choices_than_the_question_allows() -> None:
    rows = "rather_not,1,2\nrather_not,1,3\nrather_not,1,4\nrather_not,1,5\n"
    (problem,) = refused(pupils="pupil\n1\n2\n3\n4\n5\n", nominations=CHOICES + rows)
    assert (problem.line, problem.message) == (4, "Leerling “1” kiest er bij “rather_not” meer dan 2.")


def test_a_value_that_is_no_choice() -> None:
    (problem,) = refused(pupils=PUPILS, nominations="question,from,to,value\ntogether,1,2,7\n")
    assert (problem.line, problem.column, problem.message) == (2, "value", "De waarde “7” kan niet bij een keuze.")


@pytest.mark.parametrize(
    ("rows", "line", "column", "message"),
    [
        ("1,ziek\n", 2, "status", "“ziek” is geen manier van meedoen."),
        ("1,\n", 2, "status", "Hier staat niet hoe de leerling meedeed."),
        ("9,done\n", 2, "pupil", "Leerling “9” staat niet op de leerlingenlijst."),
        ("1,done\n1,done\n", 3, "pupil", "Leerling “1” staat al op regel 2."),
    ],
)
def test_a_participation_that_cannot_be(rows: str, line: int, column: str, message: str) -> None:
    (problem,) = refused(pupils=PUPILS, nominations=CHOICES + "together,1,2\n", participation="pupil,status\n" + rows)
    assert (problem.file, problem.line, problem.column, problem.message) == ("participation.csv", line, column, message)


@pytest.mark.parametrize(
    ("status", "message"),
    [
        ("absent", "was volgens de deelname afwezig"),
        ("refused", "deed volgens de deelname niet mee"),
        ("empty", "koos volgens de deelname niemand"),
    ],
)
def test_a_choice_of_someone_who_did_not_choose(status: str, message: str) -> None:
    (problem,) = refused(pupils=PUPILS, nominations=CHOICES + "together,1,2\n", participation=f"pupil,status\n1,{status}\n")
    assert (problem.file, problem.line, problem.message) == ("nominations.csv", 2, f"Leerling “1” {message}, maar kiest hier iemand.")


@pytest.mark.parametrize(
    ("answers", "line", "column", "message"),
    [
        ("pupil,a,b\n1,7,1\n", 2, "a", "Het antwoord “7” ligt buiten de schaal 1 tot en met 3."),
        ("pupil,a,b\n1,-1,1\n", 2, "a", "Het antwoord “-1” ligt buiten de schaal 1 tot en met 3."),
        ("pupil,a,b\n1,2.5,1\n", 2, "a", "“2.5” is geen antwoord van deze vraag."),
        ("pupil,a,b\n1,vaak,1\n", 2, "a", "“vaak” is geen antwoord van deze vraag."),
        ("pupil,a,b\n9,1,1\n", 2, "pupil", "Leerling “9” staat niet op de leerlingenlijst."),
        ("pupil,a,b\n1,1,1\n1,1,1\n", 3, "pupil", "Leerling “1” heeft al een antwoord op regel 2."),
        ("pupil,a,b,x\n1,1,1,1\n", 1, "x", "Deze kolom is geen vraag van de lijst."),
        ("pupil,item,value\n1,x,1\n", 2, "item", "Het item “x” hoort niet bij de lijst."),
        ("pupil,item,value\n1,,1\n", 2, "item", "Hier ontbreekt het item."),
        ("pupil,item,value\n1,a,4\n", 2, "value", "Het antwoord “4” ligt buiten de schaal 1 tot en met 3."),
        ("a,b\n1,1\n", 1, "pupil", "De kolom “pupil” ontbreekt."),
    ],
)
def test_an_answer_that_cannot_be(answers: str, line: int, column: str, message: str) -> None:
    problem = refused(pupils=PUPILS, answers=answers)[0]
    assert (problem.file, problem.line, problem.column, problem.message) == ("answers.csv", line, column, message)


@pytest.mark.parametrize(
    ("pupils", "line", "column", "message"),
    [
        ("pupil\n1\n1\n2\n", 3, "pupil", "Leerling “1” staat al op regel 2."),
        ("pupil,name\n1,Anna\n2,Bram\n,Cato\n", 4, "pupil", "Hier ontbreekt de leerling."),
        ("pupil,group\n1,A\n2,\n", 3, "group", "Hier ontbreekt de groep."),
        ("pupil,from,to\n1,,\n2,B,A\n", 3, "to", "Ronde “A” ligt vóór ronde “B”."),
        ("name\nAnna\n", 1, "pupil", "De kolom “pupil” ontbreekt."),
    ],
)
def test_a_list_that_cannot_be(pupils: str, line: int, column: str, message: str) -> None:
    problem = refused(pupils=pupils, nominations=CHOICES + "together,1,2\n")[0]
    assert (problem.file, problem.line, problem.column, problem.message) == ("pupils.csv", line, column, message)


def test_a_group_or_round_that_cannot_be() -> None:
    pupils = "pupil,group,to\n1,6A,\n2,6A,\n3,6B,\n4,6A,1\n"
    rows = (
        "6A,1,together,1,2\n6C,1,together,1,2\n,1,together,1,2\n6A,,together,1,2\n6A,1,together,1,3\n6A,2,together,1,4\n6A,1,together,1,4\n"
    )
    assert [
        (problem.line, problem.column, problem.message)
        for problem in refused(pupils=pupils, nominations="group,round,question,from,to\n" + rows)
    ] == [
        (3, "group", "Groep “6C” staat niet bij de leerlingen."),
        (4, "group", "Hier ontbreekt de groep."),
        (5, "round", "Hier ontbreekt de ronde."),
        (6, "to", "Leerling “3” zit niet in groep 6A maar in 6B."),
        (7, "to", "Leerling “4” staat in ronde 2 niet op de lijst van deze groep."),
    ]


def test_a_pupil_in_two_groups_needs_the_group_said() -> None:
    (problem,) = refused(pupils="pupil,group\n1,6A\n1,6B\n2,6A\n", nominations=CHOICES + "together,1,2\n")
    assert problem.message == "Leerling “1” zit in meer dan één groep (6A, 6B)."


def test_several_groups_need_a_list_with_groups() -> None:
    problem = refused(pupils=PUPILS, answers="pupil,group,a,b\n1,6A,1,1\n2,6B,1,1\n")[0]
    assert (problem.file, problem.message) == ("pupils.csv", "De andere bestanden noemen 2 groepen, maar de leerlingen hebben er geen.")


def test_several_rounds_need_a_round_in_every_file() -> None:
    (problem,) = refused(
        pupils=PUPILS,
        nominations="round,question,from,to\n1,together,1,2\n2,together,1,2\n",
        participation="pupil,status\n1,done\n2,done\n",
    )
    assert (problem.file, problem.message) == (
        "participation.csv", "Er zijn 2 rondes (1, 2), maar dit bestand heeft geen kolom voor de ronde."
    )  # fmt: skip


def test_nothing_to_read_and_no_list_for_the_answers() -> None:
    (nothing,) = refused(pupils=PUPILS)
    assert nothing.message == "Er zijn geen keuzes en geen antwoorden."
    with pytest.raises(FilesRefused) as refusal:
        class_files({"answers.csv": b"pupil,a\n1,1\n"}, None)
    assert refusal.value.problems[0].message == "Het is niet duidelijk bij welke vragenlijst deze antwoorden horen."


def test_problems_of_all_files_come_at_once() -> None:
    found = refused(
        pupils="pupil,name\n1,Anna\n2\n",
        nominations=CHOICES + "together,1,1\n",
        participation="pupil,wat\n1,done\n",
        answers="pupil,a,b\n1,9,1,1\n",
    )
    assert [(problem.file, problem.line) for problem in found] == [
        ("pupils.csv", 3),
        ("participation.csv", 1),
        ("answers.csv", 2),
        ("nominations.csv", 2),
        ("answers.csv", 2),
    ]


def test_an_unreadable_list_does_not_make_every_pupil_unknown() -> None:
    assert [problem.file for problem in refused(pupils="", nominations=CHOICES + "together,1,2\n")] == ["pupils.csv"]


def test_at_most_fifty_problems_are_shown() -> None:
    with pytest.raises(FilesRefused) as refusal:
        read(pupils=PUPILS, nominations=CHOICES + "".join(f"together,1,x{number}\n" for number in range(70)))
    assert (len(refusal.value.problems), refusal.value.unshown) == (50, 20)


@pytest.mark.parametrize(
    ("mapping", "line", "message"),
    [
        ("pupil: {file: a.csv}", 1, "Het veld “pupil” bestaat hier niet."),
        ("pupils:\n  columns: {id: pupil}", 2, "“id” is geen kolom van pupils."),
        ("pupils:\n  colums: {pupil: id}", 2, "Het veld “colums” bestaat hier niet."),
        ("nominations: edges.csv", 1, "Hier horen velden te staan (naam: waarde)."),
        ("nominations:\n  values: {question: friend}", 2, "Hier horen woorden te staan (hun woord: ons woord)."),
        ("participation:\n  others: iedereen", 2, "“iedereen” kan niet in het veld “others”."),
        ("questions:\n  friend: {text: Who, polarity: 3}", 2, "Deze vraag kan zo niet: polarity is 1 of -1, limit minstens 1."),
        ("questions:\n  friend: {polarity: 1}", 2, "Het veld “text” ontbreekt of is leeg."),
        ("rounds: A", 1, "Onder “rounds” hoort een lijst te staan."),
        ("a: [", 2, "Dit is geen leesbaar YAML."),
    ],
)
def test_a_mapping_that_is_wrong_names_its_line(mapping: str, line: int, message: str) -> None:
    with pytest.raises(FilesRefused) as refusal:
        read_mapping(mapping + "\n", source="mapping.yaml")
    problem = refusal.value.problems[0]
    assert (problem.file, problem.line, problem.message) == ("mapping.yaml", line, message)


def test_a_mapping_that_names_what_is_not_there() -> None:
    mapping = "pupils: {file: roster.csv}\nnominations:\n  columns: {from: source}\nanswers:\n  items: {q9: a, a: z}\n"
    found = refused(mapping, nominations="question,from,to\ntogether,1,2\n", answers="pupil,a,b\n1,1,1\n")
    assert [(problem.file, problem.message) for problem in found] == [
        ("roster.csv", "De mapping noemt dit bestand, maar het is er niet."),
        ("nominations.csv", "De kolom “source” ontbreekt."),
        ("answers.csv", "De mapping noemt de kolom “q9”, maar die is er niet."),
        ("answers.csv", "De mapping noemt het item “z”, maar dat heeft de lijst niet."),
    ]


words = st.sampled_from(["1", "2", "3", "9", "", "together", "x", "done", "absent", "-1", "ja", "A", "B"])
headings = st.sampled_from(["pupil", "name", "group", "round", "from", "to", "question", "value", "item", "status", "a", "b"])
tables = st.lists(headings, min_size=1, max_size=6, unique=True).flatmap(
    lambda columns: st.lists(st.lists(words, min_size=len(columns), max_size=len(columns)), max_size=6).map(
        lambda rows: "\n".join(",".join(row) for row in [columns, *rows]).encode()
    )
)
NAMES = st.sampled_from(["pupils.csv", "nominations.csv", "participation.csv", "answers.csv"])


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(NAMES, tables | st.binary(max_size=60), max_size=4))
def test_any_files_give_a_class_or_a_refusal(files: dict[str, bytes]) -> None:
    try:
        found = class_files(files, TINY, questions=QUESTIONS)
    except FilesRefused as refusal:
        problems = refusal.problems
    else:
        problems = ()
        assert isinstance(found, ClassFiles)
    assert len(problems) <= 50


def test_a_whole_book_in_a_cell_is_cut_to_one_line() -> None:
    book = "a" * 5000 + "\n" + "9" * 5000
    (problem,) = refused(pupils=PUPILS, nominations=CHOICES + f'together,1,"{book}"\n')
    assert (len(problem.message), "\n" in problem.message) == (303, False)


def test_keys_of_any_length_are_sorted() -> None:
    long = "1" + "0" * 6000
    assert read(nominations=CHOICES + f"together,{long},2\ntogether,2,{long}\n").groups[0].waves[0].pupils == ("2", long)
