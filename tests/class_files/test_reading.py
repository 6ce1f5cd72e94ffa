"""A class read whole: lists, choices, participation, answers, several groups and rounds."""

import numpy as np
import pytest

from kring.class_files import ClassFiles, ClassMapping, class_files, read_mapping
from kring.core.answers import Missing
from kring.core.instruments import Informant, Instrument, Item, Option, Question, QuestionKind
from kring.core.sociometry import Participation

OPTIONS = (Option(1, "nee"), Option(2, "soms"), Option(3, "ja"))
TINY = Instrument(
    key="tiny", version=1, title="Tiny", informant=Informant.PUPIL, licence="CC0-1.0", attribution="Kring",
    items=(Item("a", "Item a.", OPTIONS), Item("b", "Item b.", OPTIONS)),
)  # fmt: skip
QUESTIONS = (
    Question("together", "With whom?", QuestionKind.NOMINATE, 1, None),
    Question("rather_not", "With whom not?", QuestionKind.NOMINATE, -1, 2),
    Question("secret", "Whom do you trust?", QuestionKind.NOMINATE, 1, None),
)
PUPILS = "pupil,name\n1,Anna\n2,Bram\n3,Cato\n"


def read(mapping: ClassMapping | None = None, **files: str) -> ClassFiles:
    named = {f"{name}.csv": text.encode() for name, text in files.items()}
    return class_files(named, TINY, mapping, questions=QUESTIONS)


def participation(found: ClassFiles, group: int = 0, wave: int = 0) -> tuple[Participation, ...]:
    return found.groups[group].waves[wave].asked[0].nominations.participation


def test_reads_one_class() -> None:
    found = read(
        pupils=PUPILS,
        nominations="question,from,to\ntogether,1,2\ntogether,2,1\nrather_not,3,1\n",
        participation="pupil,status\n1,done\n2,done\n3,done\n",
        answers="pupil,a,b\n1,1,2\n2,3,\n3,,ja\n",
    )
    (group,) = found.groups
    (wave,) = group.waves
    (asked,) = wave.asked
    assert (group.key, dict(group.names)) == ("", {"1": "Anna", "2": "Bram", "3": "Cato"})
    assert (wave.round, wave.pupils, asked.question.key) == ("", ("1", "2", "3"), "together")
    assert np.argwhere(asked.nominations.positive).tolist() == [[0, 1], [1, 0]]
    assert asked.nominations.negative is not None
    assert np.argwhere(asked.nominations.negative).tolist() == [[2, 0]]
    assert wave.answers is not None
    np.testing.assert_array_equal(wave.answers.values, [[1, 2], [3, np.nan], [np.nan, 3]])
    assert found.notes == ()


def test_long_answers_say_the_same_as_wide_ones() -> None:
    wide = read(pupils=PUPILS, answers="pupil,a,b\n1,1,2\n2,3,\n")
    long = read(pupils=PUPILS, answers="pupil,item,value\n1,b,2\n1,a,1\n2,a,3\n")
    one, other = wide.groups[0].waves[0].answers, long.groups[0].waves[0].answers
    assert one is not None
    assert other is not None
    np.testing.assert_array_equal(one.values, other.values)
    np.testing.assert_array_equal(one.reasons, other.reasons)
    assert one.reasons.tolist() == [[0, 0], [0, Missing.NOT_ANSWERED], [Missing.ABSENT, Missing.ABSENT]]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2", 2),
        ("2.0", 2),
        ("2,0", 2),
        ("Soms", 2),
        ("", Missing.NOT_ANSWERED),
        ("dont_know", Missing.DONT_KNOW),
        ("weet niet", Missing.DONT_KNOW),
        ("niet van toepassing", Missing.NOT_APPLICABLE),
        ("geweigerd", Missing.REFUSED),
        ("absent", Missing.ABSENT),
        ("not_shown", Missing.NOT_SHOWN),
    ],
)
def test_an_answer_is_a_code_its_words_or_a_reason(written: str, code: int | Missing) -> None:
    answers = read(pupils=PUPILS, answers=f"pupil;a;b\n1;{written};1\n").groups[0].waves[0].answers
    assert answers is not None
    if isinstance(code, Missing):
        assert (bool(np.isnan(answers.values[0, 0])), answers.reasons[0, 0]) == (True, code)
    else:
        assert answers.values[0, 0] == code


def test_an_item_that_the_file_does_not_have_was_not_shown() -> None:
    answers = read(pupils=PUPILS, answers="pupil,a\n1,1\n").groups[0].waves[0].answers
    assert answers is not None
    assert answers.reasons.tolist() == [[0, Missing.NOT_SHOWN], [Missing.ABSENT] * 2, [Missing.ABSENT] * 2]


def test_who_is_silent_is_absent_and_never_chooses_nobody() -> None:
    found = read(pupils=PUPILS, nominations="question,from,to\ntogether,1,2\n")
    assert participation(found) == (Participation.DONE, Participation.ABSENT, Participation.ABSENT)
    assert found.notes == (
        "De groep: 2 leerlingen hebben niemand gekozen, en er is geen participation.csv. Dat telt als afwezig, niet als “kiest niemand”.",
    )


def test_participation_tells_silence_apart() -> None:
    found = read(
        pupils=PUPILS,
        nominations="question,from,to\ntogether,1,2\n",
        participation="pupil,deelname\n2,LEEG\n3,geweigerd\n",
    )
    assert participation(found) == (Participation.DONE, Participation.EMPTY, Participation.REFUSED)
    assert found.notes == ()


def test_done_without_a_choice_is_empty() -> None:
    found = read(pupils=PUPILS, nominations="question,from,to\ntogether,1,2\n", participation="pupil,status\n2,done\n3,absent\n")
    assert participation(found) == (Participation.DONE, Participation.EMPTY, Participation.ABSENT)


def test_who_chose_in_one_question_took_part_in_the_other() -> None:
    found = read(pupils=PUPILS, nominations="question,from,to\ntogether,1,2\nsecret,2,3\n")
    assert [asked.question.key for asked in found.groups[0].waves[0].asked] == ["together", "secret"]
    for asked, expected in zip(found.groups[0].waves[0].asked, ("done empty absent", "empty done absent")):
        assert " ".join(asked.nominations.participation) == expected


def test_a_zero_is_no_choice() -> None:
    found = read(pupils=PUPILS, nominations="question,from,to,value\ntogether,1,2,1\ntogether,1,3,0\n")
    assert found.groups[0].waves[0].asked[0].nominations.positive.sum() == 1


def test_a_pupil_who_left_is_not_on_the_list_of_later_rounds() -> None:
    found = read(
        pupils="pupil,name,from,to\n1,Anna,,\n2,Bram,,1\n3,Cato,2,\n10,Daan,1,10\n",
        nominations="round,question,from,to\n1,together,1,2\n2,together,1,3\n10,together,1,10\n",
    )
    assert [(wave.round, wave.pupils) for wave in found.groups[0].waves] == [
        ("1", ("1", "2", "10")),
        ("2", ("1", "3", "10")),
        ("10", ("1", "3", "10")),
    ]


def test_reads_several_groups_by_column_or_by_pupil() -> None:
    found = read(
        pupils="leerling;naam;groep\n1;Anna;6B\n2;Bram;6B\n3;Cato;6A\n4;Daan;6A\n",
        nominations="vraag;van;naar\ntogether;1;2\ntogether;3;4\n",
        answers="leerling;groep;a;b\n3;6A;1;1\n",
    )
    assert [(group.key, group.waves[0].pupils, group.waves[0].answers is not None) for group in found.groups] == [
        ("6A", ("3", "4"), True),
        ("6B", ("1", "2"), False),
    ]


def test_the_same_key_in_two_groups_is_two_pupils() -> None:
    found = read(nominations="group,question,from,to\n1,together,A,B\n2,together,B,A\n")
    assert [(group.key, group.waves[0].pupils) for group in found.groups] == [("1", ("A", "B")), ("2", ("A", "B"))]
    assert [np.argwhere(group.waves[0].asked[0].nominations.positive).tolist() for group in found.groups] == [[[0, 1]], [[1, 0]]]


def test_a_list_without_groups_takes_the_only_group_that_is_named() -> None:
    assert read(pupils=PUPILS, answers="pupil,group,a,b\n1,7C,1,1\n").groups[0].key == "7C"


def test_without_a_list_those_who_are_named_are_the_list_of_that_round() -> None:
    found = read(nominations="round,question,from,to\nA,together,2,10\nB,together,2,3\n", participation="round,pupil,status\nB,4,absent\n")
    assert [wave.pupils for wave in found.groups[0].waves] == [("2", "10"), ("2", "3", "4")]
    assert found.notes[0].startswith("Er is geen leerlingenlijst (pupils.csv).")


def test_a_file_without_group_finds_its_pupils_among_those_named_elsewhere() -> None:
    found = read(nominations="group,question,from,to\n6A,together,1,2\n", answers="pupil,a,b\n2,1,1\n3,2,2\n")
    assert [(group.key, group.waves[0].pupils) for group in found.groups] == [("6A", ("1", "2", "3"))]


def test_a_group_without_choices_and_answers_is_left_out_and_said() -> None:
    found = read(pupils="pupil,group\n1,6A\n2,6A\n3,6B\n", nominations="question,from,to\ntogether,1,2\ntogether,2,1\n")
    assert [group.key for group in found.groups] == ["6A"]
    assert found.notes == ("Van groep 6B zijn er geen keuzes en geen antwoorden; die groep is overgeslagen.",)


def test_only_negative_choices_make_no_sociogram() -> None:
    found = read(pupils=PUPILS, nominations="question,from,to\nrather_not,1,2\nrather_not,2,3\nrather_not,3,1\n")
    assert found.groups[0].waves[0].asked == ()
    assert found.notes == ("De groep: er is geen positieve vraag gesteld, dus er is geen sociogram.",)


def test_pupils_with_one_name_are_told_apart() -> None:
    found = read(pupils="pupil,name\n1,Sem\n2,Sem\n3,\n", nominations="question,from,to\ntogether,1,2\n")
    assert dict(found.groups[0].names) == {"1": "Sem (1)", "2": "Sem (2)", "3": "3"}


def test_notes_tell_what_was_not_used_and_what_was_converted() -> None:
    found = class_files(
        {
            "PUPILS.CSV": "pupil;naam;geslacht\n1;Zoë;m\n2;Anna;v\n".encode("cp1252"),
            "nominations.csv": b"question,from,to\ntogether,1,2\ntogether,2,1\n",
        },
        None,
        questions=QUESTIONS,
    )
    assert found.groups[0].names["1"] == "Zoë"
    assert [note.split(" ", 1)[0] for note in found.notes] == ["PUPILS.CSV", "PUPILS.CSV:"]


def test_the_order_of_rows_decides_nothing() -> None:
    one = read(
        pupils=PUPILS, nominations="question,from,to\ntogether,1,2\ntogether,2,3\ntogether,3,1\n", answers="pupil,a,b\n1,1,1\n2,2,2\n"
    )
    other = read(
        pupils="pupil,name\n3,Cato\n1,Anna\n2,Bram\n",
        nominations="to,from,question\n1,3,together\n3,2,together\n2,1,together\n",
        answers="b,a,pupil\n2,2,2\n1,1,1\n",
    )
    first, second = one.groups[0].waves[0], other.groups[0].waves[0]
    assert first.pupils == second.pupils
    np.testing.assert_array_equal(first.asked[0].nominations.positive, second.asked[0].nominations.positive)
    assert first.answers is not None
    assert second.answers is not None
    np.testing.assert_array_equal(first.answers.values, second.answers.values)


def test_a_mapping_bridges_other_names() -> None:
    mapping = read_mapping(
        """
rounds: [spring, autumn]
pupils:
  file: roster.csv
  columns: {pupil: id, from: first, to: last}
  values: {to: {1: spring, 2: autumn}, from: {1: spring, 2: autumn}}
nominations:
  file: edges.csv
  columns: {round: wave, from: source, to: target}
  fixed: {question: friend}
  keep: {round: [S, A]}
  values: {round: {S: spring, A: autumn}}
participation:
  file: missing.csv
  columns: {pupil: id, status: code, round: wave}
  keep: {status: 9}
  values: {status: {9: absent}, round: {S: spring, A: autumn}}
  repeats: true
  others: empty
answers:
  file: scores.csv
  columns: {pupil: id}
  fixed: {round: autumn}
  items: {q1: a, q2: b}
  values: {value: {NA: not_answered}}
questions:
  friend: {text: Who is your friend, limit: 2}
""",
        source="mapping.yaml",
    )
    found = class_files(
        {
            "roster.csv": b"id,first,last\n1,1,2\n2,1,1\n3,1,2\n4,2,2\n",
            "edges.csv": b"wave,source,target\nS,1,2\nA,1,3\nX,9,9\n",
            "missing.csv": b"wave,id,target,code\nS,3,1,9\nS,3,2,9\nA,1,2,10\n",
            "scores.csv": b"id,q1,q2,other\n1,1,NA,hello\n",
        },
        TINY,
        mapping,
    )
    spring, autumn = found.groups[0].waves
    assert (spring.round, spring.pupils, autumn.round, autumn.pupils) == ("spring", ("1", "2", "3"), "autumn", ("1", "3", "4"))
    assert " ".join(spring.asked[0].nominations.participation) == "done empty absent"
    assert " ".join(autumn.asked[0].nominations.participation) == "done empty empty"
    assert (spring.answers, autumn.answers is not None) == (None, True)
    assert autumn.answers is not None
    assert autumn.answers.values[0, 0] == 1


def test_rows_without_a_key_are_numbered_within_their_group() -> None:
    mapping = read_mapping("answers:\n  numbered: true\n  items: {x: a}\n", source="mapping.yaml")
    found = read(mapping, answers="group,x\nT,1\nS,2\nT,3\n")
    assert [(group.key, group.waves[0].pupils) for group in found.groups] == [("S", ("1",)), ("T", ("1", "2"))]
    answers = found.groups[1].waves[0].answers
    assert answers is not None
    assert answers.values[:, 0].tolist() == [1, 3]
