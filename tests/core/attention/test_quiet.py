"""Beside noisy behaviour the quiet ones: who is in trouble without bothering anybody."""

from dataclasses import replace
from itertools import pairwise

import pytest

from kring.core.answers import Missing, answers_from
from kring.core.attention.quiet import QUIET_SCALES, Quiet, quiet_pupils
from kring.core.groups import GroupResults, group_results
from kring.core.instruments import Informant, Instrument
from kring.core.reliability import MeasurementError, Origin
from kring.core.sociometry import Edge, Participation, Sociogram, nominations_from, sociogram
from kring.library import instrument, instruments

PUPILS = ("a", "b", "c", "d", "e", "f", "g")
TEACHER = instrument("kring-leerkracht", 2)
SURE = MeasurementError(0.05, 0.9, 0.6, 300, Origin.RETEST)


def rated(of: Instrument, **codes: dict[str, int]) -> GroupResults:
    """Who answered what: pupil → scale → code; all others said nothing."""
    rows: list[dict[str, int | Missing]] = [{item.key: Missing.NOT_ANSWERED for item in of.coded} for _pupil in PUPILS]
    for row, pupil in zip(rows, PUPILS):
        for scale, code in codes.get(pupil, {}).items():
            row |= {each.item: code if each.sign > 0 else 5 - code for each in of.scale(scale).items}
    return group_results(of, PUPILS, answers_from(of, rows), errors={scale.key: SURE for scale in of.scales})


def drawn(*edges: tuple[str, str], present: int = 7) -> Sociogram:
    took_part = {pupil: Participation.DONE if place < present else Participation.ABSENT for place, pupil in enumerate(PUPILS)}
    return sociogram(nominations_from(PUPILS, [Edge(one, other, 1) for one, other in edges], took_part))


def why(found: Quiet) -> dict[str, tuple[list[str], bool]]:
    return {one.pupil: ([each.scale for each in one.scales], one.not_chosen is not None) for one in found.pupils}


def test_who_turns_inward_stands_there_and_who_is_noisy_does_not() -> None:
    lists = [rated(TEACHER, a={"internalising": 4}, b={"externalising": 4, "internalising": 1}, c={"belonging": 1}, d={"wellbeing": 4})]
    titles = {scale.key: scale.title for scale in TEACHER.scales}
    found = quiet_pupils(PUPILS, lists, None)
    assert why(found) == {"a": ([titles["internalising"]], False), "c": ([titles["belonging"]], False)}
    assert not found.are_many
    (scale,) = found.pupils[0].scales
    assert (scale.informant, scale.certain) == (Informant.TEACHER, True)


def test_only_noise_gives_an_empty_list() -> None:
    assert quiet_pupils(PUPILS, [rated(TEACHER, **{pupil: {"externalising": 4} for pupil in PUPILS})], None) == Quiet((), are_many=False)


def test_what_was_said_last_counts() -> None:
    now, before = rated(TEACHER, a={"internalising": 1}), rated(TEACHER, a={"internalising": 4}, b={"internalising": 4})
    assert list(why(quiet_pupils(PUPILS, [now, before], None))) == ["b"]


def test_who_left_does_not_stand_there() -> None:
    assert list(why(quiet_pupils(("b",), [rated(TEACHER, a={"internalising": 4}, b={"internalising": 4})], None))) == ["b"]


def test_without_a_known_error_nothing_is_called_certain() -> None:
    known = rated(TEACHER, a={"internalising": 4})
    unsure = replace(known, scales=tuple(replace(one, bands=replace(one.bands, sem=None)) for one in known.scales))
    assert quiet_pupils(PUPILS, [unsure], None).pupils[0].scales[0].certain is None


def test_who_was_not_chosen_stands_there_unless_too_few_took_part() -> None:
    found = quiet_pupils(PUPILS, [], drawn(*pairwise(PUPILS)))
    assert why(found) == {"a": ([], True)}
    assert found.pupils[0].not_chosen is not None
    assert found.pupils[0].not_chosen.choosers == 6
    assert quiet_pupils(PUPILS, [], drawn(("a", "b"), present=1)).pupils == ()


@pytest.mark.parametrize(("troubled", "are_many"), [(1, False), (2, False), (3, True), (7, True)])
def test_with_a_third_of_the_group_it_may_be_about_the_group(troubled: int, are_many: bool) -> None:  # noqa: FBT001 (a table)
    found = quiet_pupils(PUPILS, [rated(TEACHER, **{pupil: {"internalising": 4} for pupil in PUPILS[:troubled]})], None)
    assert (len(found.pupils), found.are_many) == (troubled, are_many)


def test_one_pupil_of_a_group_of_one_is_not_many() -> None:
    assert not quiet_pupils(("a",), [rated(TEACHER, a={"internalising": 4})], None).are_many


def test_the_scales_are_those_of_our_lists() -> None:
    assert {scale.key for one in instruments() for scale in one.scales} >= QUIET_SCALES
