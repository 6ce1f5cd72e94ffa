"""Percentile ranks, T-scores and levels: edges, refusals and laws. Worked numbers stand in tests/reference/test_norms.py."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.columns import NotAColumn, NotNumbers, UnequalColumns
from kring.core.instruments import NotASign, NumberOutsideBounds
from kring.core.norm_tiers import NormTier
from kring.core.norms import EmptyNormSample, Hidden, LevelScheme, NormSample, levels, linear_t, norm_scores, percentile_errors

SAMPLES = st.lists(st.integers(-20, 20), min_size=1, max_size=60)


def test_missing_scores_are_left_out_and_counted() -> None:
    found = norm_scores([np.nan, 2.0], NormSample([1.0, np.nan, 2.0, 3.0]))
    assert (found.n, found.n_valid, found.norm_n, found.norm_n_valid) == (2, 1, 4, 3)
    assert (np.isnan(found.percentile_rank[0]), np.isnan(found.t[0])) == (True, True)
    assert (found.percentile_rank[1], found.t[1]) == (50.0, 50.0)


@pytest.mark.parametrize("sample", [[], [np.nan, np.nan]])
def test_a_norm_sample_of_nobody_is_refused(sample: list[float]) -> None:
    with pytest.raises(EmptyNormSample) as caught:
        norm_scores([1.0], NormSample(sample))
    assert caught.value.n == len(sample)


def test_bad_samples_are_refused() -> None:
    with pytest.raises(EmptyNormSample):
        norm_scores([1.0], NormSample([1.0, 2.0], [0.0, np.nan]))
    with pytest.raises(NumberOutsideBounds):
        norm_scores([1.0], NormSample([1.0, 2.0], [1.0, -1.0]))
    with pytest.raises(UnequalColumns):
        norm_scores([1.0], NormSample([1.0, 2.0], [1.0]))
    with pytest.raises(NotAColumn):
        norm_scores([[1.0]], NormSample([1.0]))
    with pytest.raises(NotASign):
        norm_scores([1.0], NormSample([1.0]), direction=0)
    with pytest.raises(NotNumbers):
        norm_scores([1.0], NormSample([[1.0, 2.0], [1.0]]))


def test_nobody_to_score_and_a_sample_of_one() -> None:
    assert norm_scores([], NormSample([1.0])).n == 0
    found = norm_scores([0.0, 1.0, 2.0], NormSample([1.0]))
    assert (found.percentile_rank.tolist(), found.t.tolist()) == ([0.0, 50.0, 100.0], [50.0, 50.0, 50.0])


@given(SAMPLES, SAMPLES)
def test_percentile_ranks_never_fall_when_scores_rise(sample: list[int], scores: list[int]) -> None:
    found = norm_scores(sorted(scores), NormSample(sample))
    assert (np.diff(found.percentile_rank) >= 0).all()
    assert (np.diff(found.t) >= 0).all()
    assert ((found.percentile_rank >= 0) & (found.percentile_rank <= 100)).all()


@given(SAMPLES)
def test_t_is_symmetric(sample: list[int]) -> None:
    up = norm_scores(sample, NormSample(sample))
    down = norm_scores([-each for each in sample], NormSample([-each for each in sample]))
    assert up.t - 50 == pytest.approx(50 - down.t, abs=1e-12)
    assert norm_scores(sample, NormSample(sample), direction=-1).t.tolist() == down.t.tolist()
    assert up.percentile_rank.mean() == pytest.approx(50)


@given(SAMPLES, st.integers(1, 5))
def test_a_weight_is_so_many_persons(sample: list[int], weight: int) -> None:
    weights = [weight if score > 0 else 1 for score in sample]
    repeated = [score for score, times in zip(sample, weights) for _ in range(times)]
    weighted = norm_scores(sample, NormSample(sample, weights))
    assert weighted.percentile_rank == pytest.approx(norm_scores(sample, NormSample(repeated)).percentile_rank)
    assert weighted.norm_n_valid == len(sample)


def test_the_order_of_the_sample_changes_nothing() -> None:
    draw = np.random.default_rng(1)
    sample, weights, mixed = draw.integers(0, 20, 500).astype(float), draw.random(500), draw.permutation(500)
    first, second = norm_scores(sample, NormSample(sample, weights)), norm_scores(sample, NormSample(sample[mixed], weights[mixed]))
    assert (first.percentile_rank.tobytes(), first.provenance) == (second.percentile_rank.tobytes(), second.provenance)
    assert first.provenance != norm_scores(sample, NormSample(sample)).provenance


def test_linear_t() -> None:
    assert linear_t([3.0, np.nan], mean=2.0, sd=0.5, direction=-1).t.tolist()[0] == 30.0
    assert linear_t([3.0, np.nan], mean=2.0, sd=0.5).n_valid == 1
    for sd in (0.0, -1.0, 1e-300):
        with pytest.raises(NumberOutsideBounds):
            linear_t([3.0], mean=2.0, sd=sd)


@pytest.mark.parametrize(("tier", "hidden"), [(NormTier.NONE, Hidden.NO_NORMS), (NormTier.OWN_REFERENCE, Hidden.OWN_SCHOOL_ONLY)])
def test_without_norms_levels_are_hidden_and_say_why(tier: NormTier, hidden: Hidden) -> None:
    found = levels([50.0], scheme=LevelScheme.STANINE, tier=tier)
    assert (found.level, found.hidden, found.n, found.n_valid) == (None, hidden, 1, 0)


def test_provisional_norms_give_provisional_levels() -> None:
    found = levels([50.0, np.nan], scheme=LevelScheme.STANINE, tier=NormTier.PROVISIONAL)
    assert found.level is not None
    assert (found.level.tolist(), found.provisional, found.hidden, found.n_valid) == ([4, -1], True, None, 1)
    assert levels([50.0], scheme=LevelScheme.STANINE, tier=NormTier.NORM).provisional is False


@pytest.mark.parametrize("rank", [-0.1, 100.1])
def test_a_rank_outside_its_range_is_refused(rank: float) -> None:
    with pytest.raises(NumberOutsideBounds):
        levels([rank], scheme=LevelScheme.STANINE, tier=NormTier.NORM)
    with pytest.raises(NumberOutsideBounds):
        percentile_errors([rank], effective_n=100)


@given(st.integers(1, 200), st.sampled_from(list(LevelScheme)))
def test_a_bound_that_is_met_exactly_is_met_in_any_sample(n: int, scheme: LevelScheme) -> None:
    """PR 20 in a sample of 5n persons: n below, nobody equal."""
    sample = [0.0] * n + [2.0] * (4 * n)
    rank = norm_scores([1.0], NormSample(sample, [0.1] * len(sample))).percentile_rank
    exact = levels([20.0], scheme=scheme, tier=NormTier.NORM).level
    found = levels(rank, scheme=scheme, tier=NormTier.NORM).level
    assert found is not None
    assert exact is not None
    assert found.tolist() == exact.tolist()


@given(st.floats(0, 100), st.floats(2, 5000))
def test_the_band_holds_the_rank_and_stays_within_bounds(rank: float, effective_n: float) -> None:
    found = percentile_errors([rank], effective_n=effective_n)
    assert 0 <= found.low[0] <= rank <= found.high[0] <= 100
    assert found.high[0] > found.low[0]


def test_the_band_says_nothing_of_nobody() -> None:
    found = percentile_errors([np.nan], effective_n=100)
    assert (np.isnan(found.se[0]), np.isnan(found.low[0]), found.n_valid) == (True, True, 0)


@pytest.mark.parametrize(("effective_n", "level"), [(0, 0.9), (1e-300, 0.9), (-1, 0.9), (100, 0), (100, 1)])
def test_a_band_needs_persons_and_a_level(effective_n: float, level: float) -> None:
    with pytest.raises(NumberOutsideBounds):
        percentile_errors([50.0], effective_n=effective_n, level=level)
