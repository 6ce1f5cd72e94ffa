"""G01–G04, G06, G07 and A.1: numbers that R 4.2.2 (psych 2.2.9, lavaan 0.6.14) computed on 400 drawn pupils × 8 items."""

import csv
from pathlib import Path

import numpy as np
import pytest

from kring.core.answers import Answers, Missing
from kring.core.instruments import Instrument
from kring.core.omega import omega
from kring.core.reliability import MeasurementError, Origin, alpha, listwise_alpha, measurement_error
from kring.core.scoring import PRORATED, keyed_answers, scale_scores
from tests.cast_instruments import instrument, scale
from tests.core.drawn import one_factor

DATA = Path(__file__).parent / "data"
ITEMS = tuple(f"q{number}" for number in range(1, 9))
ITEM_REST = (0.39737587558, 0.4977258851, 0.48974749772, 0.58164462681, 0.33037939516, 0.46492984365, 0.6029919856, 0.37906939052)
WITHOUT_ITEM = (0.7452422115, 0.72955170663, 0.72992322907, 0.71656818888, 0.76352247455, 0.7339047465, 0.70884922848, 0.75233330874)
LOADINGS = (0.40241927299, 0.50305212577, 0.49358395291, 0.57970634303, 0.42765066535, 0.56310784058, 0.68028326322, 0.48067394966)
RESIDUALS = (0.58000253445, 0.47171364805, 0.57887491866, 0.36368441293, 1.1398087513, 0.72910338641, 0.43818985724, 1.0073523527)


def eight(share_needed: float = 0.75) -> Instrument:
    return instrument(scale("schaal", " ".join(ITEMS), signs="++-++-++", share_needed=share_needed))


def answers_in(name: str) -> Answers:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        values = np.array([[float(row[item] or "nan") for item in ITEMS] for row in csv.DictReader(file)])
    return Answers(ITEMS, values, np.where(np.isnan(values), Missing.NOT_ANSWERED, Missing.ANSWERED).astype(np.int8))


def keyed_in(name: str) -> np.ndarray:
    return keyed_answers(answers_in(name), eight().scales[0], eight())


def test_alpha_and_item_analysis() -> None:
    found = alpha(keyed_in("d01_scale8.csv"))
    assert (found.n, found.n_valid, found.dropped) == (400, 400, ())
    assert found.interval is not None
    assert found.value == pytest.approx(0.76040712845, abs=1e-9)
    assert found.standardised == pytest.approx(0.77121022104, abs=1e-9)
    assert [found.interval.low, found.interval.high] == pytest.approx([0.72320757374, 0.7943373949], abs=1e-8)
    assert found.item_rest == pytest.approx(ITEM_REST, abs=1e-9)
    assert found.without_item == pytest.approx(WITHOUT_ITEM, abs=1e-9)
    assert found.lambda2 == pytest.approx(0.77505984849, abs=1e-9)


def test_alpha_with_missing_answers() -> None:
    found = alpha(keyed_in("d01_scale8_missing.csv"))
    assert found.value == pytest.approx(0.76040245889, abs=1e-9)
    complete = listwise_alpha(keyed_in("d01_scale8_missing.csv"))
    assert (complete.n, complete.n_valid) == (400, 238)
    assert complete.value == pytest.approx(0.75939254345, abs=1e-9)


def test_omega_loadings_and_fit() -> None:
    found = omega(keyed_in("d01_scale8.csv"))
    assert found.fit is not None
    assert found.value == pytest.approx(0.76268077459, abs=1e-5)
    assert found.loadings == pytest.approx(LOADINGS, abs=1e-5)
    assert found.residuals == pytest.approx(RESIDUALS, abs=1e-5)
    assert found.heywood == ()
    assert found.fit.chi2 == pytest.approx(14.79315223, abs=1e-5)
    assert found.fit.df == 20
    assert (found.fit.cfi, found.fit.rmsea) == (1, 0)
    assert found.fit.tli == pytest.approx(1.01241465, abs=1e-6)
    assert found.fit.srmr == pytest.approx(0.02353748, abs=1e-6)
    assert found.fit.one_thing


def test_omega_of_a_weak_factor_is_not_the_nearest_hollow() -> None:
    """R's factanal (bound .005) from six loadings of .5, and from 200 starts of its own: .328622975; from near this optimum .316059043."""
    values = one_factor(40, 6, seed=70, loading=0.35)
    found = omega(values)
    assert found.fit is not None
    assert found.fit.chi2 / 40 == pytest.approx(0.316059043489, abs=1e-9)
    loadings = np.array(found.loadings) / values.std(axis=0)
    assert loadings == pytest.approx([0.9974971, -0.0236596, 0.3255984, 0.0941934, 0.3520888, 0.1793238], abs=2e-6)
    assert found.heywood == (0,)


def test_standard_error_and_bands_around_a_score() -> None:
    meant, answers = eight(), answers_in("d01_scale8.csv")
    scores = scale_scores(answers, meant.scales[0], meant)
    consistency = alpha(keyed_answers(answers, meant.scales[0], meant))
    assert consistency.value is not None
    sd = float(scores.mean.std(ddof=1))
    error = MeasurementError(sd * (1 - consistency.value) ** 0.5, consistency.value, sd, 400, Origin.ALPHA)
    assert sd == pytest.approx(0.59239647531, abs=1e-9)
    assert error.sem == pytest.approx(0.28996755871, abs=1e-9)
    observed = error.around(2.25, level=0.95)
    estimate, kelley = error.regressed(2.25, mean=float(scores.mean.mean()), level=0.95)
    assert [observed.low, observed.high] == pytest.approx([1.6816740282, 2.8183259718], abs=1e-9)
    assert estimate == pytest.approx(2.4171160279, abs=1e-9)
    assert error.sd * (error.reliability * (1 - error.reliability)) ** 0.5 == pytest.approx(0.25285555664, abs=1e-9)
    assert [kelley.low, kelley.high] == pytest.approx([1.9215282436, 2.9127038122], abs=1e-9)


def test_the_installation_states_omega_as_its_error() -> None:
    meant = eight()
    error = measurement_error(answers_in("d01_scale8.csv"), meant.scales[0], meant).error
    assert error is not None
    assert (error.origin, error.n) == (Origin.OMEGA, 400)
    assert error.sem == pytest.approx(0.59239647531 * (1 - 0.76268077459) ** 0.5, abs=1e-5)


@pytest.mark.parametrize(
    ("share_needed", "n", "mean", "first"),
    [
        (0.75, 393, 2.9604386284, [2.6666666667, None, None, None, None, 2.1428571429]),
        (0.50, 398, 2.9576692989, [2.6666666667, 2.8, None, 2.5, None, 2.1428571429]),
    ],
)
def test_scores_with_missing_answers(share_needed: float, n: int, mean: float, first: list[float | None]) -> None:
    meant = eight(share_needed)
    scores = scale_scores(answers_in("d01_scale8_missing.csv"), meant.scales[0], meant)
    known = scores.mean[~np.isnan(scores.mean)]
    assert (len(known), scores.n, scores.n_valid, scores.method) == (n, 400, n, PRORATED)
    assert known.mean() == pytest.approx(mean, abs=1e-9)
    if share_needed == 0.75:
        assert known.std(ddof=1) == pytest.approx(0.59417253364, abs=1e-9)
    np.testing.assert_allclose(scores.mean[:6], [np.nan if value is None else value for value in first], atol=1e-9)
