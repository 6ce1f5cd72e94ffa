"""Scores of other systems: what comes in, and what never does."""

from datetime import date

import pytest

from kring.core.errors import BrokenRule
from kring.core.external_scores import (
    AnswersNotScores,
    HealthOfOnePupil,
    MeasuredInFuture,
    NothingNew,
    NotTakenOver,
    RangeTurnedRound,
    ScaleInUse,
    ScoreScale,
    TakenBackAlready,
    difference,
    is_health,
    refuse_future,
    refuse_in_use,
    refuse_nothing,
    refuse_taking_back,
    refuse_youth_health,
    score_of,
)
from kring.core.instruments import NotASign
from kring.library import shells


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"name": "Diagnose"}, HealthOfOnePupil),
        ({"name": "Vraag 3"}, AnswersNotScores),
        ({"low": 5.0, "high": 5.0}, RangeTurnedRound),
        ({"high": float("nan")}, RangeTurnedRound),
        ({"low": float("-inf")}, RangeTurnedRound),
        ({"direction": 2}, NotASign),
    ],
)
def test_a_scale_that_cannot_be(wrong: dict[str, object], rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        ScoreScale(**{"name": "Inzet", "low": 0.0, "high": 10.0, "direction": 1, **wrong})  # type: ignore[arg-type]


def test_a_scale_holds_its_ends_and_goes_by_all_its_names() -> None:
    scale = ScoreScale("Sociaal_emotioneel", 0, 10, 0, ("SEO",))
    assert scale.names == {"sociaal emotioneel", "seo"}
    assert [scale.holds(value) for value in (-0.1, 0, 10, 10.1)] == [False, True, True, False]


@pytest.mark.parametrize("name", ["BMI", "gehoor (links)", "Ogen", "Medicatie", "diagnosen", "ADHD", "Autisme", "Overgewicht", "DSM5"])
def test_health_is_known_by_its_words(name: str) -> None:
    assert is_health(name)


def test_no_scale_of_a_known_system_is_taken_for_health() -> None:
    assert [scale.title for shell in shells() for scale in shell.scales if is_health(scale.title)] == []
    for shell in shells():
        refuse_youth_health(shell.title)


@pytest.mark.parametrize("system", ["JGZ contactmoment", "Jeugdgezondheidszorg", "KIVPA", "GGD-monitor", "schoolarts"])
def test_youth_health_care_gives_no_results_of_one_pupil(system: str) -> None:
    with pytest.raises(HealthOfOnePupil):
        refuse_youth_health(system)


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7.0), ("-2", -2.0), ("3,5", 3.5), ("3.25", 3.25), ("3,", None), (",5", None), ("3/4", None), ("3½", None), ("٣", None),
     ("1.234,5", None), ("1e3", None), ("goed", None), ("", None)],
)  # fmt: skip
def test_a_number_as_people_write_it(text: str, value: float | None) -> None:
    assert score_of(text) == value


def test_bringing_the_same_twice_is_nothing() -> None:
    scores = {"a": 1.0, "b": 2.5}
    with pytest.raises(NothingNew):
        refuse_nothing(difference(scores, scores))
    refuse_nothing(difference(scores, {"a": 2.0}))
    refuse_nothing(difference(scores, {"c": 2.0}))


def test_what_cannot_be_done_with_a_file_or_a_scale() -> None:
    refuse_future(date(2026, 1, 1), today=date(2026, 1, 1))
    refuse_in_use("Inzet", scores=0)
    refuse_taking_back(is_applied=True, is_taken_back=False)
    with pytest.raises(MeasuredInFuture):
        refuse_future(date(2026, 1, 2), today=date(2026, 1, 1))
    with pytest.raises(ScaleInUse):
        refuse_in_use("Inzet", scores=1)
    with pytest.raises(NotTakenOver):
        refuse_taking_back(is_applied=False, is_taken_back=False)
    with pytest.raises(TakenBackAlready):
        refuse_taking_back(is_applied=True, is_taken_back=True)
