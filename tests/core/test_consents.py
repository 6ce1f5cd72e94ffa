"""Who must say yes, how a request stands, and what is refused."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.access import PARTNERS, TABLE, Mark, Record
from kring.core.consents import (
    LONGEST_CONSENT,
    LONGEST_LEGAL_GROUND,
    PUPIL,
    SHAREABLE,
    Age,
    Answer,
    BlanketConsent,
    ConsentRequestOver,
    ConsentTooLong,
    ExplanationTooShort,
    LegalGroundConfirmed,
    LegalGroundOver,
    LegalGroundTooLong,
    NeverShared,
    NothingToShare,
    NotYoursToAnswer,
    OverBeforeItBegins,
    PupilNotHeardYet,
    PurposeTooShort,
    Said,
    SaidBefore,
    SecondPersonMissing,
    State,
    age_of,
    deciders,
    is_heard,
    last_words,
    refuse_confirming,
    refuse_future_hearing,
    refuse_outsider,
    refuse_over,
    refuse_records,
    refuse_repeated,
    refuse_term,
    refuse_unexplained,
    refuse_vague,
    state,
    yes_of,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
LATER, NEXT_WEEK = NOW + timedelta(hours=1), NOW + timedelta(days=7)
YES, NO = Answer.GIVEN, Answer.REFUSED


def ago(hours: int) -> datetime:
    return NOW - timedelta(hours=hours)


# ---- who decides


def test_under_16_every_guardian_with_authority() -> None:
    needed = deciders(Age.YOUNG, ["Els", "Pim"])
    assert needed.everybody() == {"Els", "Pim"}
    assert needed.missing(["Els", PUPIL]) == {"Pim"}
    assert not needed.agreed(["Els", PUPIL])
    assert needed.agreed(["Els", "Pim"])


def test_from_16_the_pupil_alone() -> None:
    needed = deciders(Age.GROWN, ["Els", "Pim"])
    assert needed.everybody() == {PUPIL}
    assert not needed.agreed(["Els", "Pim"])
    assert needed.agreed([PUPIL])


def test_where_nobody_knows_the_age_all_of_them() -> None:
    needed = deciders(Age.UNKNOWN, ["Els"])
    assert needed.everybody() == {"Els", PUPIL}
    assert not needed.agreed([PUPIL])
    assert not needed.agreed(["Els"])
    assert needed.agreed(["Els", PUPIL])


@pytest.mark.parametrize("age", [Age.YOUNG, Age.UNKNOWN])
def test_without_a_guardian_with_authority_nobody_can_agree(age: Age) -> None:
    assert not deciders(age, []).agreed([PUPIL, "Els"])


@given(st.sampled_from(Age), st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3) | st.none()))
def test_one_more_guardian_never_makes_it_easier(age: Age, guardians: set[int], yes: set[int | None]) -> None:
    if guardians and deciders(age, guardians | {9}).agreed(yes):
        assert deciders(age, guardians).agreed(yes)


@pytest.mark.parametrize(
    ("born_on", "leaves_young", "age"),
    [
        (date(2010, 11, 22), False, Age.GROWN),
        (date(2010, 11, 23), False, Age.YOUNG),
        (date(2010, 11, 22), True, Age.GROWN),
        (None, True, Age.YOUNG),
        (None, False, Age.UNKNOWN),
    ],
)
def test_the_age_by_the_day(born_on: date | None, leaves_young: bool, age: Age) -> None:
    assert age_of(born_on, on=TODAY, leaves_young=leaves_young) is age


def test_who_is_heard() -> None:
    assert is_heard(date(2014, 11, 22), on=TODAY, leaves_young=True)
    assert not is_heard(date(2014, 11, 23), on=TODAY, leaves_young=False)
    assert is_heard(None, on=TODAY, leaves_young=False)
    assert not is_heard(None, on=TODAY, leaves_young=True)


# ---- what was said


def test_a_yes_stands_from_its_moment_until_it_is_taken_back() -> None:
    said = Said("Els", YES, ago(2), withdrawn_at=NOW)
    assert [said.is_yes(at) for at in (ago(3), ago(2), ago(1), NOW)] == [False, True, True, False]
    assert not Said("Els", NO, ago(2)).is_yes(NOW)
    assert yes_of([said, Said("Pim", YES, ago(1))], at=NOW) == {"Pim"}


def test_the_last_word_of_each_counts_in_whatever_order_they_come() -> None:
    words = [Said("Els", NO, ago(3)), Said("Els", YES, ago(1)), Said("Els", NO, LATER)]
    assert all(last_words(order, at=NOW) == {"Els": words[1]} for order in permutations(words))


NEEDED = deciders(Age.YOUNG, ["Els", "Pim"])


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ([], State.WAITING),
        ([Said("Els", YES, ago(1))], State.WAITING),
        ([Said("Els", YES, ago(1)), Said("Pim", YES, ago(1))], State.HOLDS),
        ([Said("Els", YES, ago(1)), Said("Pim", NO, ago(1))], State.REFUSED),
        ([Said("Els", YES, ago(9)), Said("Pim", NO, ago(2)), Said("Pim", YES, ago(1))], State.HOLDS),
        ([Said("Els", YES, ago(2), withdrawn_at=ago(1)), Said("Pim", YES, ago(1))], State.WITHDRAWN),
        ([Said("Els", YES, ago(1)), Said("Pim", YES, ago(1)), Said("Oma", NO, ago(1))], State.HOLDS),
    ],
)
def test_how_a_request_stands(said: list[Said], stands: State) -> None:
    assert state(NEEDED, said, until=NEXT_WEEK, at=NOW) is stands
    assert state(NEEDED, said, until=NOW, at=NOW) is State.OVER


# ---- what a request must say


def test_a_purpose_says_what_for() -> None:
    assert refuse_vague(" Samen een  training kiezen ") == "Samen een training kiezen"
    for short in ("hulp", "              ", "x" * 40, "hulp hulp hulp hulp", "hulp bieden aan"[:14]):
        with pytest.raises(PurposeTooShort):
            refuse_vague(short)


@pytest.mark.parametrize("purpose", ["Wij willen alles kunnen delen", "Inzage in het hele dossier, graag.", "Delen met IEDEREEN die helpt"])
def test_a_blanket_consent_is_refused(purpose: str) -> None:
    with pytest.raises(BlanketConsent):
        refuse_vague(purpose)


def test_a_word_inside_another_word_is_no_blanket() -> None:
    assert refuse_vague("Bespreken waarom niet-alleseters mee op kamp gaan")


def test_only_what_the_table_lets_a_partner_read_with_consent_can_be_asked_for() -> None:
    read = {record for role, record, _ in TABLE if role in PARTNERS and Mark.CONSENT in TABLE[role, record, _].marks}
    assert set(SHAREABLE) == {
        Record.SCALE_PROFILE,
        Record.PLAN,
        Record.INTERVENTION,
        Record.CARE_TEAM_ITEM,
        Record.REFERRAL,
        Record.EXPERT_REQUEST,
    }
    assert set(SHAREABLE) < read
    refuse_records(SHAREABLE)
    with pytest.raises(NothingToShare):
        refuse_records([])
    with pytest.raises(NeverShared):
        refuse_records([Record.SCALE_PROFILE, Record.CONFIDENTIAL_NOTE])


def test_a_term_lies_ahead_and_is_not_too_long() -> None:
    refuse_term(NOW, NOW + LONGEST_CONSENT, longest=LONGEST_CONSENT)
    refuse_term(NOW, NOW + LONGEST_LEGAL_GROUND, longest=LONGEST_LEGAL_GROUND)
    with pytest.raises(OverBeforeItBegins):
        refuse_term(NOW, NOW, longest=LONGEST_CONSENT)
    with pytest.raises(ConsentTooLong):
        refuse_term(NOW, NOW + timedelta(days=367), longest=LONGEST_CONSENT)
    with pytest.raises(LegalGroundTooLong):
        refuse_term(NOW, NOW + timedelta(days=93), longest=LONGEST_LEGAL_GROUND)


# ---- answering


def test_what_is_over_is_not_answered() -> None:
    refuse_over(LATER, at=NOW)
    with pytest.raises(ConsentRequestOver):
        refuse_over(NOW, at=NOW)


def test_who_does_not_decide_does_not_answer() -> None:
    refuse_outsider(NEEDED, "Els")
    with pytest.raises(NotYoursToAnswer):
        refuse_outsider(NEEDED, PUPIL)


def test_the_same_is_not_said_twice() -> None:
    refuse_repeated([], "Els", YES, at=NOW)
    refuse_repeated([Said("Els", NO, ago(1))], "Els", YES, at=NOW)
    refuse_repeated([Said("Els", YES, ago(2), withdrawn_at=ago(1))], "Els", YES, at=NOW)
    for said in (Said("Els", YES, ago(1)), Said("Els", NO, ago(1))):
        with pytest.raises(SaidBefore):
            refuse_repeated([said], "Els", said.answer, at=NOW)


def test_hearing_lies_in_the_past() -> None:
    refuse_future_hearing(TODAY, today=TODAY)
    with pytest.raises(PupilNotHeardYet):
        refuse_future_hearing(TODAY + timedelta(days=1), today=TODAY)


# ---- a ground in law


def test_sharing_without_consent_is_explained_in_sentences() -> None:
    explanation = "Er is een vermoeden van mishandeling; de meldcode is tot en met stap vier gevolgd."
    assert refuse_unexplained(f"  {explanation}") == explanation
    with pytest.raises(ExplanationTooShort):
        refuse_unexplained("Staat in de wet.")


def test_two_people_and_not_one_person_in_two_hats() -> None:
    refuse_confirming("Bram", "Rik", confirmed_at=None, until=LATER, at=NOW)
    with pytest.raises(SecondPersonMissing):
        refuse_confirming("Bram", "Bram", confirmed_at=None, until=LATER, at=NOW)
    with pytest.raises(LegalGroundConfirmed):
        refuse_confirming("Bram", "Rik", confirmed_at=ago(1), until=LATER, at=NOW)
    with pytest.raises(LegalGroundOver):
        refuse_confirming("Bram", "Rik", confirmed_at=None, until=NOW, at=NOW)
