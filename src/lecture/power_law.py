"""How error falls with the number of examples: ``error = scale * n ** -exponent + floor``, fitted, with intervals.

A learning curve has three parts: guessing, a straight line on log-log axes, and a floor (Hestness et al. 2017,
arXiv 1712.00409, figure 6). The law describes the last two, so the first must be left out of a fit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats
from scipy.optimize import least_squares

from lecture.statistics import LEVEL, Interval

Floats = NDArray[np.float64]

RESAMPLES = 1000
FAR = 50.0  # where points that follow no law may send the search, before numbers overflow


@dataclass(frozen=True)
class PowerLaw:
    """One law.

    Attributes:
        scale: What is left of the error at one example, above the floor.
        exponent: Slope on log-log axes, positive.
        floor: What more data cannot remove.
    """

    scale: float
    exponent: float
    floor: float

    def at(self, n: ArrayLike) -> Floats:
        """Return the error at ``n`` examples, of the shape of ``n``."""
        return self.scale * np.asarray(n, dtype=float) ** -self.exponent + self.floor

    def needed(self, error: float) -> float:
        """Return how many examples bring the error down to ``error``: infinitely many at or below the floor."""
        if error <= self.floor:
            return float("inf")
        with np.errstate(over="ignore"):  # so many that they cannot be written down are infinitely many
            return float(((error - self.floor) / self.scale) ** np.float64(-1 / self.exponent))


@dataclass(frozen=True)
class Fit:
    """A law with what the seeds say about it.

    Attributes:
        law: Fitted to the mean over all seeds.
        resampled: The laws fitted to bootstrap resamples of the seeds.
        seeds: Number of seeds.
    """

    law: PowerLaw
    resampled: tuple[PowerLaw, ...]
    seeds: int

    @property
    def exponent(self) -> Interval:
        """The exponent with its 95 % interval."""
        return self.of(lambda law: law.exponent)

    @property
    def floor(self) -> Interval:
        """The floor with its 95 % interval."""
        return self.of(lambda law: law.floor)

    def at(self, n: float) -> Interval:
        """Return the error at ``n`` examples, inside the measured range or beyond it, with its interval."""
        return self.of(lambda law: float(law.at(n)))

    def removed(self, n: float, times: float = 3.0) -> Interval:
        """Return the percentage of the error at ``n`` examples that ``times`` as many remove."""
        return self.of(lambda law: 100 * (1 - float(law.at(times * n) / law.at(n))))

    def of(self, quantity: Callable[[PowerLaw], float]) -> Interval:
        """Return any number that follows from a law, with its interval; it may be infinite."""
        value, resampled = quantity(self.law), [quantity(law) for law in self.resampled]
        # Between a finite number and infinity there is nothing to interpolate.
        method: Literal["linear", "inverted_cdf"] = "linear" if np.isfinite(resampled).all() else "inverted_cdf"
        low, high = np.quantile(resampled, self._tails(), method=method)
        # The mean of few seeds can lie outside the quantiles of its own resamples; an interval contains its value.
        return Interval(value, min(float(low), value), max(float(high), value), self.seeds)

    def band(self, n: ArrayLike) -> tuple[Floats, Floats]:
        """Return the lower and upper end of the interval at each of ``n``."""
        low, high = np.quantile([law.at(n) for law in self.resampled], self._tails(), axis=0)
        return low, high

    def _tails(self) -> tuple[float, float]:
        """Return the shares of resamples outside: few, as resamples of few seeds vary too little (Hesterberg 2015)."""
        reach = stats.t.ppf((1 + LEVEL) / 2, self.seeds - 1) * np.sqrt(self.seeds / (self.seeds - 1))
        tail = float(stats.norm.sf(reach))
        return tail, 1 - tail


def fit(n: ArrayLike, error: ArrayLike) -> PowerLaw:
    """Return the law nearest to the points, by least squares on the logarithm of the error.

    Args:
        n: Numbers of examples, at least four different ones: three points fit any law.
        error: Error at each, positive.

    Raises:
        ValueError: Fewer than four points, different lengths, or an error that is not positive.
    """
    x, y = np.asarray(n, dtype=float), np.asarray(error, dtype=float)
    if x.shape != y.shape or np.unique(x).size < 4:
        raise ValueError(
            f"a power law with a floor needs at least four sizes with one error each, got {x.size}, {y.size}"
        )
    if not (y > 0).all():
        raise ValueError("the logarithm needs positive errors: test on more examples")
    return _search(np.log(x), np.log(y))


def fit_seeds(n: ArrayLike, errors: ArrayLike, resamples: int = RESAMPLES) -> Fit:
    """Return the law of the mean over seeds, and the laws of bootstrap resamples of the seeds.

    Whole seeds are drawn, with all their sizes: the points of one seed share data and are not independent. The draws
    are fixed, so that the same records give the same interval. Intervals are expanded percentiles (Hesterberg 2015,
    arXiv 1411.5279): with five seeds plain percentiles would be a third too narrow.

    Args:
        n: Numbers of examples, at least four.
        errors: ``[seeds, sizes]``, at least two seeds.
        resamples: Number of resamples.

    Raises:
        ValueError: See :func:`fit`; or fewer than two seeds.
    """
    x, y = np.log(np.asarray(n, dtype=float)), np.asarray(errors, dtype=float)
    if y.ndim != 2 or len(y) < 2:
        raise ValueError(f"an interval needs at least two seeds, got errors of shape {y.shape}")
    law = fit(n, y.mean(0))
    draws = np.random.default_rng(0).integers(len(y), size=(resamples, len(y)))
    laws = {key: _search(x, np.log(y[list(key)].mean(0)), law) for key in {tuple(sorted(draw)) for draw in draws}}
    return Fit(law, tuple(laws[tuple(sorted(draw))] for draw in draws), len(y))


def _search(x: Floats, y: Floats, start: PowerLaw | None = None) -> PowerLaw:
    """Return the law for logarithms of sizes and errors, from the best of several floors or from a law that is near."""
    most = float(np.exp(y.min()))
    shares = [start.floor / most] if start else [0.1, 0.4, 0.7, 0.95]
    found = [_descend(x, y, float(np.clip(share, 0.001, 0.98)), most) for share in shares]
    return min(found, key=lambda law: float(np.sum((np.log(law.at(np.exp(x))) - y) ** 2)))


def _descend(x: Floats, y: Floats, share: float, most: float) -> PowerLaw:
    """Descend from the best straight line above a floor that is some share of the smallest error.

    The three unknowns are ``log scale``, ``log exponent`` and the logit of the floor's share, so that all real numbers
    give a law that falls and whose floor lies between 0 and the smallest error.
    """

    def parts(unknown: Floats) -> tuple[Floats, float]:
        scale, exponent, share = np.clip(unknown, -FAR, FAR)
        return np.exp(scale - np.exp(exponent) * x), most * float(special.expit(share))

    def misfit(unknown: Floats) -> Floats:
        falling, floor = parts(unknown)
        return np.asarray(np.log(falling + floor) - y)

    def slopes(unknown: Floats) -> Floats:
        falling, floor = parts(unknown)
        columns = (falling, -np.exp(min(unknown[1], FAR)) * x * falling, np.full_like(x, floor * (1 - floor / most)))
        return np.stack(columns, 1) / (falling + floor)[:, None]

    slope, intercept = np.polyfit(x, np.log(np.exp(y) - share * most + 1e-3 * most), 1)
    first = (intercept, np.log(max(-slope, 0.01)), special.logit(share))
    log_scale, log_exponent, logit = np.clip(least_squares(misfit, first, slopes, method="lm").x, -FAR, FAR)
    return PowerLaw(float(np.exp(log_scale)), float(np.exp(log_exponent)), most * float(special.expit(logit)))
