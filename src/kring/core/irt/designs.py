"""Which parameters of a calibration are free: all of them, all but the slopes (Rasch), or all but those of the anchors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.core.irt.curves import Places, places_of
from kring.core.irt.items import Calibration, NothingCalibrated

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """All parameters on the scale where θ ~ N(0, 1) = base + matrix · free.

    With θ ~ N(mean, sd²) an item a, d is α = a·sd, δ = d + a·mean there; so what is held leaves the population free, whose sd and mean
    stand among the free ones at `sd_at` and `mean_at`.
    """

    matrix: Floats
    base: Floats
    start: Floats
    held: Bools
    sd_at: int | None
    mean_at: int | None

    def parameters(self, free: Floats) -> Floats:
        parameters: Floats = self.base + self.matrix @ free
        return parameters

    def population(self, free: Floats) -> tuple[float, float]:
        """Mean and sd."""
        return 0.0 if self.mean_at is None else float(free[self.mean_at]), 1.0 if self.sd_at is None else float(free[self.sd_at])


def designed(places: Places, parameters: Floats, held: Bools, *, mean: float = 0.0, sd: float = 1.0) -> Design:
    """Hold some of these parameters (slopes a, intercepts d), free the others; the search starts here."""
    slopes, intercepts = held & places.lowest, held & ~places.lowest
    columns, start = [np.eye(places.total)[:, ~held]], [on_unit_scale(places, parameters, mean, sd)[~held]]
    sd_at = mean_at = None
    if slopes.any():
        sd_at = int((~held).sum())
        columns.append(np.where(slopes, parameters, 0.0)[:, None])
        start.append(np.array([sd]))
    if intercepts.any():
        mean_at = int((~held).sum()) + 1
        columns.append(np.where(intercepts, parameters[places.slope_of], 0.0)[:, None])
        start.append(np.array([mean]))
    base = np.where(intercepts, parameters, 0.0)
    return Design(np.concatenate(columns, axis=1), base, np.concatenate(start), held, sd_at, mean_at)


def on_unit_scale(places: Places, parameters: Floats, mean: float, sd: float) -> Floats:
    """α = a·sd, δ = d + a·mean: the same curves over z = (θ - mean)/sd."""
    return np.where(places.lowest, parameters * sd, parameters + parameters[places.slope_of] * mean)


def places_and_parameters(calibration: Calibration) -> tuple[Places, Floats]:
    """The items of a calibration as places and parameters over z ~ N(0, 1). Raises NothingCalibrated."""
    places, parameters = _as_list(calibration)
    return places, on_unit_scale(places, parameters, calibration.mean, calibration.sd)


def design_of(calibration: Calibration) -> Design:
    """The design that a calibration was estimated with, standing at its own parameters. Raises NothingCalibrated."""
    places, parameters = _as_list(calibration)
    anchors = np.isin([item.column for item in calibration.items], calibration.fixed)
    held = places.lowest if calibration.common_slope else anchors[places.item_of]
    return designed(places, parameters, held, mean=calibration.mean, sd=calibration.sd)


def _as_list(calibration: Calibration) -> tuple[Places, Floats]:
    if not calibration.items:
        raise NothingCalibrated(reason=calibration.reason)
    listed = [each for item in calibration.items for each in (item.slope, *item.intercepts)]
    return places_of([len(item.codes) for item in calibration.items]), np.array(listed)
