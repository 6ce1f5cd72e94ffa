"""Did the support work for this pupil? Measurements before and during it, compared.

from kring.core import trials
found = trials.nonoverlap(before, during, better=trials.Better.LOWER)
"""

from kring.core.trials.nonoverlap import Effect, NonOverlap, nonoverlap
from kring.core.trials.operating import NotASimulation, OperatingCharacteristics, Rate, operating_characteristics
from kring.core.trials.randomisation import NotAStart, RandomisationTest, randomisation_test
from kring.core.trials.requirements import Measurement, MeasurementCheck, Mixed, PhaseName, Tempo, measurement_check, phase_series
from kring.core.trials.series import Better
from kring.core.trials.visual import Immediacy, Phase, VisualCheck, VisualChecks, WithinTarget, visual_checks

__all__ = [
    "Better",
    "Effect",
    "Immediacy",
    "Measurement",
    "MeasurementCheck",
    "Mixed",
    "NonOverlap",
    "NotASimulation",
    "NotAStart",
    "OperatingCharacteristics",
    "Phase",
    "PhaseName",
    "RandomisationTest",
    "Rate",
    "Tempo",
    "VisualCheck",
    "VisualChecks",
    "WithinTarget",
    "measurement_check",
    "nonoverlap",
    "operating_characteristics",
    "phase_series",
    "randomisation_test",
    "visual_checks",
]
