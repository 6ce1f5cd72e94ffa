"""G37: every worked example of the methods, each number worked out afresh through what a notebook sees.

The numbers in `data/worked.json` are a second implementation's (R 4.2.2 and Python), by the paragraph of the methods (A1 to E2).
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from kring.core.answers import Answers, Missing
from kring.core.attention import Sign
from kring.core.bands import Band, bands
from kring.core.care import Care, care_score
from kring.core.change import minimal_detectable_changes, reliable_changes
from kring.core.goals import goal_attainment
from kring.core.informants import discrepancies
from kring.core.intervals import Interval, mean_interval, mean_interval_now
from kring.core.norm_tiers import NormTier
from kring.core.norms import LevelScheme, NormSample, levels, norm_scores
from kring.core.random_intercept import shrunken_means
from kring.core.regression_to_mean import expected_second_scores
from kring.core.reliability import MeasurementError, alpha, measurement_error
from kring.core.scoring import ScaleScores, scale_scores
from kring.core.shares import chance_above, wilson
from kring.core.sociometry import Edge, change_between, chosen_by_chance, nominations_from, received, structure_of
from kring.core.trials import nonoverlap
from tests.cast_instruments import PUPIL_CUTS, instrument, scale, worked_instrument
from tests.core.sociometry.classes import worked as worked_class
from tests.reference.test_signals import worked as worked_signals

EXPECTED: dict[str, Any] = json.loads((Path(__file__).parent / "data/worked.json").read_text(encoding="utf-8"))
ONE_SD = float(2 * ndtr(1) - 1)  # the level at which a band reaches one standard error to either side
CARE_OF = {"a": (5, 25), "b": (4, 16), "c": (6, 29)}
NORM = NormSample([8, 9, 9, 10, 11, 11, 11, 12, 13, 14, 15, 16])
FIVE_BY_THREE = np.array([[3.0, 4, 3], [2, 2, 1], [4, 4, 4], [3, 3, 4], [1, 2, 2]])


def ends(interval: Interval | None, times: float = 1) -> list[float]:
    assert interval is not None
    return [times * interval.low, times * interval.high]


def scores(rows: list[list[float | None]]) -> ScaleScores:
    meant, codes = worked_instrument(), np.array(rows, dtype=np.float64)
    reasons = np.where(np.isnan(codes), Missing.NOT_ANSWERED, Missing.ANSWERED).astype(np.int8)
    return scale_scores(Answers(tuple(f"q{i}" for i in range(1, 6)), codes, reasons), meant.scales[0], meant)


def a1_missing_answers() -> dict[str, Any]:
    found = scores([[4, 3, 2, 4, 1], [3, None, 2, 3, None], [2, None, 3, 2, 3]])
    fewer_and_fewer = scores([[1] * answered + [None] * (5 - answered) for answered in range(6)])
    fewest = int(fewer_and_fewer.answered[~np.isnan(fewer_and_fewer.mean)].min())
    none_for_nan = [[None if np.isnan(value) else value for value in column] for column in (found.mean, found.sum, found.pomp)]
    return {
        f"p{i + 1}": {"n_valid": int(n), "need": fewest, "mean": mean, "sum_prorated": total, "pct0_100": pomp}
        for i, (n, mean, total, pomp) in enumerate(zip(found.answered, *none_for_nan))
    }


def a2_percentile_ranks() -> dict[str, Any]:
    at = (7, 8, 9, 11, 12, 16, 17)
    return {str(raw): rank for raw, rank in zip(at, norm_scores(at, NORM).percentile_rank.tolist())}


def a2_t() -> dict[str, Any]:
    at = (7, 8, 11, 16, 17)
    return {str(raw): t for raw, t in zip(at, norm_scores(at, NORM).t.tolist())}


def a3_levels() -> dict[str, Any]:
    ranks = (3.9, 4, 10, 20, 25, 40, 50, 60, 75, 79.9, 80, 96)

    def names(scheme: LevelScheme) -> list[str]:
        found = levels(ranks, scheme=scheme, tier=NormTier.NORM)
        assert found.level is not None
        return [found.names[place] for place in found.level]

    five, letters, nine = (names(scheme) for scheme in (LevelScheme.CITO_I_V, LevelScheme.CITO_A_E, LevelScheme.STANINE))
    return {str(rank): [level, letter, int(stanine)] for rank, level, letter, stanine in zip(ranks, five, letters, nine)}


def a4_traffic_light() -> dict[str, Any]:
    at = (2.0, 2.2, 2.5, 2.8, 3.2)
    found = bands(np.array(at), PUPIL_CUTS, direction=1, sem=0.29)
    rows = zip(at, found.band.tolist(), found.p_red.tolist(), found.p_green.tolist(), found.certain.tolist())
    return {
        str(x): {"band": Band(code).name.lower(), "p_red": p_red, "p_green": p_green, "certain": certain}
        for x, code, p_red, p_green, certain in rows
    }


def a5_care() -> dict[str, Any]:
    zone = [code for care, n in CARE_OF.values() for code in [Care.INSIDE] * care + [Care.OUTSIDE] * (n - care)]
    found = care_score(np.array(zone, dtype=np.int8), [name for name, (_, n) in CARE_OF.items() for _ in range(n)])
    assert found.mean_of_classes is not None
    assert found.of_pupils is not None
    counts = CARE_OF | {"school": (found.care, found.n_valid)}
    return {
        "share": {each.group: float(100 * each.share) for each in found.classes if each.share is not None},
        "mean_of_classes": float(100 * found.mean_of_classes),
        "pupil_weighted": float(100 * found.of_pupils),
        "wilson": {name: ends(wilson(*count).interval, 100) for name, count in CARE_OF.items()},
        "wilson_school": ends(found.interval, 100),
        "pr_gt20_jeffreys": {name: chance_above(*count, percent=20).value for name, count in counts.items()},
    }


def variance(values: np.ndarray) -> float:
    sd = mean_interval(values).sd
    assert sd is not None
    return sd**2


def b1_alpha() -> dict[str, Any]:
    return {
        "item_var": [variance(item) for item in FIVE_BY_THREE.T],
        "total_var": variance(FIVE_BY_THREE.sum(axis=1)),
        "alpha": alpha(FIVE_BY_THREE).value,
    }


def error_of_ten_points() -> MeasurementError:
    """A hundred pupils ten points from the mean and one on it: a standard deviation of 10, with a retest reliability of .83."""
    meant = instrument(scale("schaal", "q1 q2", cuts={}, retest_reliability=0.83), low=40, high=60)
    codes = np.repeat([[40.0, 40.0], [50.0, 50.0], [60.0, 60.0]], [50, 1, 50], axis=0)
    error = measurement_error(Answers(("q1", "q2"), codes, np.zeros((101, 2))), meant.scales[0], meant).error
    assert error is not None
    return error


def b2_change() -> dict[str, Any]:
    error, before, after = error_of_ten_points(), np.array([42.0]), np.array([49.0])
    plain, practised = (reliable_changes(before, after, sem=error.sem, practice=practice) for practice in (0.0, 1.0))
    least = minimal_detectable_changes(np.array([error.reliability]), sd=error.sd)
    estimate, band = error.regressed(42, mean=50, level=ONE_SD)
    return {
        "sem": error.sem,
        "sdiff": plain.sd_of_difference,
        "rci": plain.index[0],
        "rci_practice": practised.index[0],
        "mdc95": least.at_95[0],
        "mdc80": least.at_80[0],
        "kelley": estimate,
        "see": band.high - estimate,
        "expected_t2": expected_second_scores(before, mean=50.0, retest=0.83).expected[0],
    }


def b3_two_informants() -> dict[str, Any]:
    found = discrepancies(np.array([58.0]), np.array([41.0]), reliability_first=0.85, reliability_second=0.80)
    return {"se": found.standard_error, "z": found.z[0], "crit95": found.limit}


def b4_interval_of_a_mean() -> dict[str, Any]:
    half = 0.60 * np.sqrt(19 / 20)
    twenty = np.array([2.90 - half, 2.90 + half] * 10)  # mean 2.90, sd .60
    now, like = mean_interval_now(twenty, of=24, reliability=0.80), mean_interval(twenty)
    return {"se_now": now.se, "ci_now": ends(now.interval), "se_super": like.se, "ci_super": ends(like.interval)}


def b5_shrunken_mean() -> dict[str, Any]:
    found = shrunken_means([13], np.array([2.71]), mean=3.03, between=0.072, within=0.326)
    return {"lam": found.reliability[0], "eb": found.shrunken[0], "condsd": found.shrunken_sd[0]}


def c1_class_of_five() -> dict[str, Any]:
    nominations = worked_class()
    found, whole = received(nominations.positive, nominations.nominators), structure_of(nominations)
    return {
        "received": found.count.tolist(),
        "possible": found.possible.tolist(),
        "rate": found.rate.tolist(),
        "z": found.z.tolist(),
        "edges": whole.edges,
        "density_possible": whole.density,
        "mutual": whole.mutual_pairs,
        "reciprocity_all": structure_of(nominations, absent_could_choose=True).reciprocity,
        "reciprocity_observable": whole.reciprocity,
        "indeg_centralisation": whole.centralisation,
        "poisson_binomial_B": c1_by_chance(),
    }


def c1_by_chance() -> dict[str, Any]:
    """What chance gives B: each chooser alone, and the choices laid so that none, one, two or three fall on B."""
    here = worked_class()
    alone = [np.isin(here.pupils, [chooser]) for chooser in "ACD"]
    rates = [chosen_by_chance(here.positive & one[:, np.newaxis], one).expected[1] for one in alone]
    laid = ["AC AD CA DA", "AB AC CA DA", "AB AC CB DA", "AB AC CB DB"]
    tables = [nominations_from("ABCDE", [Edge(*pair) for pair in ("BA " + each).split()], {}).positive for each in laid]
    at_least = [chosen_by_chance(table, here.nominators).at_least[1] for table in tables]
    return {
        "probs": rates,
        "pmf": [*(-np.diff(at_least)).tolist(), at_least[3]],
        "p_ge_3": at_least[3],
        "expected": chosen_by_chance(here.positive, here.nominators).expected[1],
    }


def c2_two_rounds() -> dict[str, Any]:
    before, after = (nominations_from("ABCD", [Edge("A", to) for to in chosen], {}) for chosen in ("BC", "CD"))
    found = change_between(before, after)
    return {"jaccard": found.jaccard, "kept": found.choices_kept}


def d1_signal() -> dict[str, Any]:
    """The example counts 1 for a pupil whom nobody chose, the table in the same paragraph 2.

    The default table is the table, with which the example comes to 6 (see test_signals); the 5 of the example is what a table with that 1
    gives.
    """
    found = worked_signals(Sign.NEVER_CHOSEN, table_points=1)
    (channel,) = (each for each in (found.internalising, found.externalising) if each.points)
    return {"points": channel.points, "channel": channel.channel.value}


def e1_before_and_during() -> dict[str, Any]:
    found = nonoverlap(np.array([2.0, 3, 3, 4]), np.array([4.0, 5, 6, 5, 6]))
    return {
        "pairs": found.pairs,
        "pos": found.above,
        "ties": found.ties,
        "NAP": found.nap,
        "Tau": found.tau,
        "S_AA": found.s_aa,
        "TauU": found.tau_u,
        "PND": found.pnd,
        "PEM": found.pem,
        "SMD_within": found.smd,
    }


def e2_goals() -> dict[str, Any]:
    return {
        "one_goal_plus1": goal_attainment(np.array([1.0])).t,
        "three_goals": goal_attainment(np.array([1.0, 0, -1])).t,
        "weighted": goal_attainment(np.array([1.0, 1, 0]), np.array([3.0, 2, 1])).t,
        "start": goal_attainment(np.zeros(3), starts=np.array([-1.0, -2, -1])).start_t,
    }


WORKED: dict[str, Callable[[], dict[str, Any]]] = {
    "A1": a1_missing_answers,
    "A2": a2_percentile_ranks,
    "A2_T_from_pr": a2_t,
    "A3": a3_levels,
    "A4": a4_traffic_light,
    "A5": a5_care,
    "B1": b1_alpha,
    "B2": b2_change,
    "B3": b3_two_informants,
    "B4": b4_interval_of_a_mean,
    "B5": b5_shrunken_mean,
    "C1": c1_class_of_five,
    "C2": c2_two_rounds,
    "D1": d1_signal,
    "E1": e1_before_and_during,
    "E2": e2_goals,
}


def leaves(tree: Any, path: str = "") -> dict[str, Any]:
    """Every single number or word, by the keys that lead to it."""
    branches = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else None
    if branches is None:
        return {path: tree}
    return {place: leaf for key, branch in branches for place, leaf in leaves(branch, f"{path}/{key}").items()}


def test_every_worked_example() -> None:
    found = leaves({key: work() for key, work in WORKED.items()})
    assert len(found) == 179
    assert found == pytest.approx(leaves(EXPECTED), abs=1e-9)


def test_the_default_table_of_signals_gives_the_worked_example_six() -> None:
    assert (worked_signals(Sign.NEVER_CHOSEN).internalising.points, EXPECTED["D1"]["points"]) == (6, 5)
