"""An instrument refuses to be wrong, and says in what way."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kring.core.errors import BrokenRule
from kring.core.instruments import (
    About,
    AnswerKind,
    AnswersMissing,
    CutOutsideRange,
    Cuts,
    CutsInWrongOrder,
    Informant,
    Instrument,
    Item,
    ItemInTwoScales,
    KeyTwice,
    Level,
    LicenceMissing,
    NoAnswer,
    NobodyItIsAbout,
    NotASign,
    NothingToAsk,
    NotWithoutNames,
    NumberOutsideBounds,
    NumbersNotInARow,
    Option,
    Question,
    QuestionKind,
    Rhythm,
    ScaleCountsOpenItem,
    ScaledItem,
    ScaleNamesUnknownItem,
    ScaleWithoutItems,
    Season,
    TextMissing,
    TooFewOptions,
    UnknownScale,
)
from tests.cast_instruments import CUTS, PUPIL_CUTS, instrument, item, scale, sociogram_instrument, worked_instrument

DAY = date(2025, 8, 1)


def facts(rule: type[BrokenRule], **expected: Any) -> Any:
    """A check that the refusal carries exactly these facts."""

    def holds(refusal: BaseException) -> bool:
        assert isinstance(refusal, rule)
        assert refusal.facts() == expected
        return True

    return pytest.raises(rule, check=holds)


def test_a_sound_instrument_answers_by_key() -> None:
    sound = worked_instrument()
    assert [item.key for item in sound.items] == ["q1", "q2", "q3", "q4", "q5"]
    assert sound.range_of(sound.scale("welbevinden")) == (1, 4)
    assert sound.items[0].codes == {1, 2, 3, 4}
    assert sound == worked_instrument()
    assert hash(sound) == hash(worked_instrument())


def test_a_sociogram_needs_no_items() -> None:
    asked = sociogram_instrument()
    assert (asked.questions[0].limit, asked.length, asked.asks_whom_one_chooses) == (None, 1, True)
    assert (worked_instrument().length, worked_instrument().asks_whom_one_chooses) == (5, False)
    of_rejection = Question("liever", "Met wie liever niet?", QuestionKind.NOMINATE, -1, 3)
    assert replace(asked, questions=(of_rejection,)).asks_whom_one_chooses is False


def test_an_item_may_sit_in_two_scales() -> None:
    twice = instrument(scale("a", "q1 q2"), scale("b", "q2 q3"))
    assert [item.key for item in twice.items] == ["q1", "q2", "q3"]


def test_scales_of_one_instrument_may_have_different_ranges() -> None:
    items = (item("q1"), item("q2", low=0, high=10))
    mixed = replace(worked_instrument(), items=items, scales=(scale("a", "q1"), scale("b", "q2", cuts={})))
    assert mixed.range_of(mixed.scale("b")) == (0, 10)


def test_a_scale_it_does_not_have_is_refused() -> None:
    with facts(UnknownScale, instrument="proeflijst", scale="rust"):
        worked_instrument().scale("rust")


def test_an_item_needs_a_choice_of_different_codes_with_words() -> None:
    with facts(TooFewOptions, item="q1"):
        Item("q1", "Ik ben blij.", (Option(1, "nooit"),))
    with facts(KeyTwice, of="q1", kind="option", key="1"):
        Item("q1", "Ik ben blij.", (Option(1, "nooit"), Option(1, "soms")))
    with facts(TextMissing, of="q1", field="label of 2"):
        Item("q1", "Ik ben blij.", (Option(1, "nooit"), Option(2, " ")))
    with facts(TextMissing, of="q1", field="text"):
        Item("q1", "", (Option(1, "nooit"), Option(2, "soms")))


def test_a_scale_counts_each_known_item_once_with_a_sign() -> None:
    with facts(ScaleWithoutItems, scale="a"):
        scale("a", "")
    with facts(KeyTwice, of="a", kind="scaled item", key="q1"):
        scale("a", "q1 q1")
    with facts(NotASign, of="q1", field="sign", value=0):
        ScaledItem("q1", 0)
    with facts(ScaleNamesUnknownItem, scale="a", item="q9"):
        replace(worked_instrument(), scales=(scale("a", "q1 q9"),))


def test_a_scale_has_a_direction_and_possible_numbers() -> None:
    with facts(NotASign, of="a", field="direction", value=2):
        scale("a", "q1", direction=2)
    with facts(NumberOutsideBounds, of="a", field="share_needed", value=0.4, low=0.5, high=1.0):
        scale("a", "q1", share_needed=0.4)
    with facts(NumberOutsideBounds, of="a", field="assumed_reliability", value=1.0, low=0, high=1):
        scale("a", "q1", assumed_reliability=1.0)
    with facts(NumberOutsideBounds, of="a", field="retest_reliability", value=-0.1, low=0, high=1):
        scale("a", "q1", retest_reliability=-0.1)


def test_a_scale_of_items_with_different_ranges_runs_from_0_to_1() -> None:
    items = (item("q1"), item("q2", high=5))
    halves = Cuts(0.4, 0.6, "gekozen grens", DAY)
    mixed = replace(worked_instrument(), items=items, scales=(scale("a", "q1 q2", cuts={Level.PUPIL: halves}),))
    assert mixed.range_of(mixed.scales[0]) == (0, 1)
    with facts(CutOutsideRange, scale="a", level=Level.PUPIL, cut=2.25, low=0, high=1):
        replace(worked_instrument(), items=items, scales=(scale("a", "q1 q2"),))


def test_the_written_form_of_an_instrument_and_of_a_scale_names_everything_in_it() -> None:
    one = worked_instrument()
    assert one.fingerprint() == worked_instrument().fingerprint()
    assert one.fingerprint() != replace(one, version=2).fingerprint()
    assert scale("a", "q1").fingerprint() != scale("a", "q1", signs="-").fingerprint()


def test_red_lies_on_the_unfavourable_side() -> None:
    upside_down = Cuts(2.75, 2.25, "gekozen grens", DAY)
    with facts(CutsInWrongOrder, scale="a", level=Level.PUPIL, red=2.75, green=2.25, direction=1):
        scale("a", "q1", cuts={Level.PUPIL: upside_down})
    assert scale("a", "q1", cuts={Level.PUPIL: upside_down}, direction=-1).direction == -1
    with facts(CutsInWrongOrder, scale="a", level=Level.PUPIL, red=2.25, green=2.75, direction=-1):
        scale("a", "q1", direction=-1)
    with pytest.raises(CutsInWrongOrder):
        scale("a", "q1", cuts={Level.PUPIL: replace(PUPIL_CUTS, green=2.25)})


def test_a_cut_off_lies_where_scores_are_and_says_where_it_comes_from() -> None:
    with facts(CutOutsideRange, scale="a", level=Level.PUPIL, cut=2.25, low=5, high=9):
        instrument(scale("a", "q1"), low=5, high=9)
    with facts(TextMissing, of="cuts", field="source"):
        Cuts(2.25, 2.75, " ", DAY)
    with pytest.raises(NumberOutsideBounds) as caught:
        Cuts(2.25, float("nan"), "gekozen grens", DAY)
    assert caught.value.field == "green"


def test_a_question_has_words_a_polarity_and_a_possible_limit() -> None:
    with facts(TextMissing, of="", field="key"):
        Question("", "Met wie?", QuestionKind.NOMINATE, 1, None)
    with facts(NotASign, of="spelen", field="polarity", value=0):
        Question("spelen", "Met wie?", QuestionKind.NOMINATE, 0, None)
    with facts(NumberOutsideBounds, of="spelen", field="limit", value=0, low=1, high=float("inf")):
        Question("spelen", "Met wie?", QuestionKind.NOMINATE, 1, 0)
    assert Question("spelen", "Met wie?", QuestionKind.NOMINATE, -1, 3).limit == 3
    for kind in (QuestionKind.BULLIED_BY, QuestionKind.PERCEIVE, QuestionKind.ROLE):
        assert Question("denken", "Van wie denk je dat die jou kiest?", kind, 0, None).polarity == 0
        with facts(NotASign, of="denken", field="polarity", value=2):
            Question("denken", "Van wie denk je dat die jou kiest?", kind, 2, None)


def test_points_and_steps_run_from_one_and_who_names_has_none() -> None:
    steps = tuple(Option(code, f"stap {code}") for code in range(1, 6))
    rating, often = (Question("vraag", "Hoe vaak?", kind, 0, None, steps) for kind in (QuestionKind.RATE, QuestionKind.FREQUENCY))
    assert (rating.codes, rating.asks_names, rating.is_of_bullying, rating.is_negative) == (frozenset({1, 2, 3, 4, 5}), False, False, False)
    assert (often.asks_names, often.is_of_bullying) == (False, True)
    rejecting, playing = (Question("spelen", "Met wie?", QuestionKind.NOMINATE, polarity, 3) for polarity in (-1, 1))
    assert (rejecting.is_negative, playing.is_negative) == (True, False)
    assert [one.is_only_counted for one in (rating, often, rejecting, playing)] == [True, True, True, False]
    with facts(AnswersMissing, item="vraag"):
        Question("vraag", "Hoe vaak?", QuestionKind.RATE, 0, None)
    with facts(AnswersMissing, item="vraag"):
        Question("vraag", "Met wie?", QuestionKind.NOMINATE, 1, None, steps)
    with facts(KeyTwice, of="vraag", kind="option", key="1"):
        Question("vraag", "Hoe vaak?", QuestionKind.RATE, 0, None, (steps[0], steps[0], steps[1]))
    for kind, wrong in (
        (QuestionKind.RATE, steps[:4]),
        (QuestionKind.RATE, steps[1:4]),
        (QuestionKind.FREQUENCY, steps[:3]),
    ):
        with facts(NumbersNotInARow, item="vraag"):
            Question("vraag", "Hoe vaak?", kind, 0, None, wrong)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"licence": " "}, LicenceMissing),
        ({"attribution": ""}, TextMissing),
        ({"title": ""}, TextMissing),
        ({"language": ""}, TextMissing),
        ({"version": 0}, NumberOutsideBounds),
        ({"norm_tier": 4}, NumberOutsideBounds),
        ({"year_levels": (0, 8)}, NumberOutsideBounds),
        ({"year_levels": (8, 5)}, NumberOutsideBounds),
        ({"items": (), "scales": ()}, NothingToAsk),
        ({"items": (item("q1"), item("q1")), "scales": ()}, KeyTwice),
        ({"scales": (scale("a", "q1"), scale("a", "q2"))}, KeyTwice),
        ({"questions": sociogram_instrument().questions * 2}, KeyTwice),
    ],
)
def test_an_instrument_refuses(change: dict[str, Any], rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        replace(worked_instrument(), **change)


def test_year_levels_may_be_given() -> None:
    meant: Instrument = replace(worked_instrument(), year_levels=(5, 8))
    assert meant.year_levels == (5, 8)
    assert meant.scale("welbevinden").cuts == CUTS


def test_a_row_of_numbers_runs_one_by_one_and_only_its_ends_have_words() -> None:
    row = Item.of_numbers("n", "Hoe gaat het?", (0, 10), ("slecht", "goed"))
    assert ([option.code for option in row.options], row.options[0].label, row.options[5].label) == (list(range(11)), "slecht", "5")
    assert Item.of_numbers("n", "Hoe?", (-1, 1)).options[0].label == "-1"
    for ends in ((3, 3), (4, 3), (0, 101)):
        with facts(NumbersNotInARow, item="n"):
            Item.of_numbers("n", "Hoe?", ends)
    for options in (
        (Option(0, "nee"), Option(2, "ja")),
        (Option(0, "0"), Option(1, "soms"), Option(2, "2")),
        (Option(1, "1"), Option(0, "0")),
    ):
        with facts(NumbersNotInARow, item="n"):
            Item("n", "Hoe?", options, AnswerKind.NUMBER)


def test_a_reason_is_offered_once() -> None:
    with facts(KeyTwice, of="proeflijst", kind="reason", key=NoAnswer.DONT_KNOW):
        replace(worked_instrument(), reasons=(NoAnswer.DONT_KNOW, NoAnswer.DONT_KNOW))


def test_staff_tell_about_a_group_or_the_school_and_the_others_about_a_pupil() -> None:
    assert replace(worked_instrument(), informant=Informant.STAFF, about=About.SCHOOL, anonymous=True).about is About.SCHOOL
    with facts(NobodyItIsAbout, instrument="proeflijst", informant=Informant.STAFF, about=About.PUPIL):
        replace(worked_instrument(), informant=Informant.STAFF)
    with facts(NobodyItIsAbout, instrument="proeflijst", informant=Informant.PUPIL, about=About.GROUP):
        replace(worked_instrument(), about=About.GROUP)


@pytest.mark.parametrize("informant", [Informant.GUARDIAN, Informant.TEACHER])
def test_a_list_about_one_child_by_somebody_else_never_promises_that_it_has_no_name(informant: Informant) -> None:
    with facts(NotWithoutNames, instrument="proeflijst", informant=informant):
        replace(worked_instrument(), informant=informant, anonymous=True)


def test_an_open_question_has_no_answers_to_choose_and_is_never_scored() -> None:
    asked = Item("o1", "Waar wil je over praten?", (), AnswerKind.TEXT)
    mixed = replace(worked_instrument(), items=(*worked_instrument().items, asked))
    assert [one.key for one in mixed.coded] == ["q1", "q2", "q3", "q4", "q5"]
    with facts(AnswersMissing, item="o1"):
        Item("o1", "Waarom?", (Option(1, "ja"), Option(2, "nee")), AnswerKind.TEXT)
    with facts(AnswersMissing, item="o1"):
        Item("o1", "Waarom?", ())
    with facts(ScaleCountsOpenItem, scale="a", item="o1"):
        replace(mixed, scales=(scale("a", "q1 o1"),))


def test_a_new_list_counts_an_item_in_one_scale() -> None:
    instrument(scale("a", "q1 q2"), scale("b", "q3")).check_scales_apart()
    with facts(ItemInTwoScales, item="q2", scale="a", other="b"):
        instrument(scale("a", "q1 q2"), scale("b", "q2")).check_scales_apart()


def test_a_rhythm_is_once_in_each_season_and_minutes_are_a_fair_guess() -> None:
    twice = Rhythm((Season.AUTUMN, Season.SPRING), whole_school=True)
    assert replace(worked_instrument(), rhythm=twice, minutes=15).rhythm == twice
    assert twice.times_a_year == 2
    with facts(NumberOutsideBounds, of="rhythm", field="seasons", value=0, low=1, high=2):
        Rhythm(())
    with facts(NumberOutsideBounds, of="proeflijst", field="minutes", value=121, low=1, high=120):
        replace(worked_instrument(), minutes=121)
