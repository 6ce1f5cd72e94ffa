"""A sociogram in words: careful about a pupil, honest about chance and who was away, and silent about what may not be told."""

import pytest

from kring.core.class_year import ClassPhase
from kring.core.sociometry import (
    Nominations,
    Perceived,
    absence_sensitivity,
    change_between,
    class_card_of,
    class_course,
    class_talk,
    perceived,
    remarks_on,
    sociogram,
    status_results,
    sureness_of,
    why_no_status,
)
from kring.documents.sections import Section
from kring.documents.sociometry.board import board_lines, board_questions, phase_words
from kring.documents.sociometry.card import card_sections
from kring.documents.sociometry.course import ChangePart, change_sections
from kring.documents.sociometry.facts import facts_sections
from kring.documents.sociometry.parts import CardPart, Understood
from tests.core.sociometry.classes import chosen

TEN = "ABCDEFGHIJ"
RING = " ".join(f"{TEN[i]}{TEN[(i + step) % 10]}" for i in range(10) for step in (1, -1))
ALL = " ".join(f"{one}{other}" for one in TEN for other in TEN if one != other)
TWO = " ".join(f"{a}{b}" for half in ("ABCDE", "FGHIJ") for a in half for b in half if a != b)
NAMES = {one: f"Naam {one}" for one in TEN}


def understood(nominations: Nominations, *, leaving: str = "", thinks: Perceived | None = None) -> Understood:
    found, why = sociogram(nominations), why_no_status(nominations)
    too_few = found.sufficiency.value == "too_few"
    return Understood(
        sociogram=found,
        names=NAMES,
        questions=1,
        remarks=None if too_few else remarks_on(found, leaving=set(leaving), thinks=thinks),
        status=None if why else status_results(nominations),
        no_status=why,
        unfavourable=None if nominations.negative is None or why else tuple(nominations.negative.sum(axis=0).tolist()),
        says_little=True,
        thinks=thinks,
    )


def words(sections: tuple[Section, ...]) -> str:
    lines = [line for one in sections for line in (one.title, *one.lead, one.notice)]
    lines += [line for one in sections for note in one.notes for line in note.paragraphs]
    return "\n".join(lines + [cell.text for one in sections for table in one.tables for row in table.rows for cell in row.cells])


def test_a_pupil_whose_only_friend_leaves_and_one_who_does_not_know() -> None:
    choices = chosen("ABCD", "AB BA CA DA")
    said = words(facts_sections(understood(choices, leaving="B", thinks=perceived(choices, {"A": {"B"}, "B": set()}, limit=3))))
    assert "één wederzijdse keuze, en die leerling gaat weg" in said
    assert "Eén keer kiezen zegt weinig over één kind" in said
    assert "wordt door niemand gekozen" in said
    three = words(facts_sections(understood(chosen("ABCD", "AB BA AC CA"), leaving="BC")))
    assert "alle wederzijdse keuzes zijn met leerlingen die weggaan" in three


@pytest.mark.parametrize(
    ("pupils", "choices", "said"),
    [
        (TEN, ALL, "Iedereen koos iedereen"),
        (TEN, "", "Niemand koos iemand"),
        ("ABCDEF", "AB BA CA", "kleine groep"),
    ],
)
def test_without_a_status_it_says_why(pupils: str, choices: str, said: str) -> None:
    (facts,) = facts_sections(understood(chosen(pupils, choices)))
    assert said in facts.notice
    assert "Beeld" not in [column.title for table in facts.tables for column in table.columns]


def test_a_status_says_how_many_ways_agree_and_a_no_is_a_number() -> None:
    star = " ".join(f"{one}A" for one in "BCDEFGHI") + " AB AC"
    sections = facts_sections(understood(chosen(TEN, star, negative="CJ DJ EJ FJ GJ HJ")))
    said = words(sections)
    assert "van 3 rekenwijzen)" in said
    assert "Genoemd bij “liever niet”" in [column.title for column in sections[0].tables[0].columns]
    assert "Klasgenoten noemen vaak: Naam A." in said
    assert "Naam J" not in "\n".join(line for one in sections for line in one.lead)


def test_too_few_took_part_and_nobody_is_named() -> None:
    (only,) = facts_sections(understood(chosen(TEN, "AB", absent="DEFGHIJ")))
    assert (only.tables, "60" in only.notice) == ((), True)


def part(nominations: Nominations, *before: Nominations, questions: int = 2) -> CardPart:
    why = why_no_status(nominations)
    return CardPart(
        sociogram=sociogram(nominations),
        names=NAMES,
        card=class_card_of(nominations, last=before[0] if before else None),
        course=class_course([*reversed(before), nominations]) if len(before) > 1 else None,
        absent=absence_sensitivity(nominations),
        sureness=None if why else sureness_of(nominations),
        no_status=why,
        questions=questions,
        last_wave="maart 2026" if before else "",
    )


def test_the_card_says_what_is_usual_for_this_class() -> None:
    ring = chosen(TEN, RING)
    assert "Na een volgende keer" in words(card_sections(part(ring)))
    assert "pas iets na drie keer" in words(card_sections(part(ring, ring)))
    said = words(card_sections(part(chosen(TEN, "AB BC CD"), ring, ring)))
    assert "100\N{NO-BREAK SPACE}% tot 100\N{NO-BREAK SPACE}%: lager dan gewoon" in said


def test_groups_are_named_when_they_are_sure_and_from_one_question_only_supposed() -> None:
    said = words(card_sections(part(chosen(TEN, TWO), questions=1)))
    assert "Naam A, Naam B, Naam C, Naam D en Naam E" in said
    assert "Dit komt uit één vraag" in said
    assert "Dit komt uit één vraag" not in words(card_sections(part(chosen(TEN, TWO))))


def test_who_is_chosen_by_nobody_of_a_group_is_not_called_one_of_it() -> None:
    without_a = " ".join(pair for pair in TWO.split() if pair[1] != "A")
    assert "Naam B, Naam C, Naam D en Naam E" in words(card_sections(part(chosen(TEN, without_a))))


def test_unsure_groups_are_not_shown() -> None:
    said = words(card_sections(part(chosen(TEN, "AB BC CD DE EF FG GH HI IJ JA AD BE CF"))))
    assert "De groepjes zijn onzeker" in said
    assert "Groepje" not in said.replace("Groepjes", "")


def test_a_small_class_has_no_groups() -> None:
    assert "Er zijn geen groepjes te zien" in words(card_sections(part(chosen("ABCDEF", "AB BA CD DC EF FE"))))


def changed(before: Nominations, now: Nominations) -> tuple[Section, ...]:
    return change_sections(ChangePart(sociogram(before), sociogram(now), change_between(before, now), NAMES, "maart 2026", "november 2026"))


def test_what_changed_stands_beside_chance() -> None:
    said = words(changed(chosen(TEN[:9], "AB BA CD DC EF"), chosen(TEN, "AB BA CD GH HG")))
    for shown in ("Bij blind kiezen zou dat", "Nieuw op de lijst: Naam J.", "toen 2, nu 2.", "1 paar koos elkaar", "maart 2026"):
        assert shown in said


def test_who_left_the_list_is_counted_and_not_named() -> None:
    said = words(changed(chosen(TEN, TWO), chosen(TEN[:9], "AB BA FG GF")))
    assert "1 leerling staat niet meer op de lijst." in said
    assert "Naam J" not in said


def test_groups_are_compared_when_both_times_they_may_be_said() -> None:
    assert "grotendeels dezelfde" in words(changed(chosen(TEN, TWO), chosen(TEN, TWO)))
    of_eight = " ".join(pair for pair in TWO.split() if not set(pair) & {"I", "J"})
    assert "groepjes" not in words(changed(chosen(TEN[:8], of_eight), chosen(TEN[:8], of_eight)))


def test_nothing_is_compared_when_too_few_took_part() -> None:
    (only,) = changed(chosen(TEN, "AB", absent="DEFGHIJ"), chosen(TEN, RING))
    assert "niets te vergelijken" in only.notice


def test_nobody_chose_twice_and_there_is_nothing_to_compare() -> None:
    assert "te weinig gekozen" in words(changed(chosen(TEN, ""), chosen(TEN, "")))


def test_the_board_says_what_holds_for_all_and_is_silent_otherwise() -> None:
    assert "Iedereen is gekozen." in list(board_lines(class_talk(chosen(TEN, RING))))
    assert list(board_lines(class_talk(chosen(TEN, "AB BA CA")))) == ["10 kinderen uit onze klas deden mee."]


def test_every_age_and_phase_has_its_own_words() -> None:
    assert len({board_questions(levels) for levels in ((3,), (7,), (9,), ())}) == 3
    assert len({phase_words(phase)[0] for phase in ClassPhase}) == 4
