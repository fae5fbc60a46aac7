"""MNIST-1D: ten digit-like signals of 40 points, generated without limit (Greydanus and Kobak 2024).

A template of 12 points is padded, stretched, scaled and moved to a random place; smooth noise fills the rest,
and a random slope is added. A whole set is drawn at once. The distribution is that of ``make_dataset`` in the
package ``mnist1d`` 0.0.2.post1; the numbers of a given seed are not.
"""

from dataclasses import dataclass
from zlib import crc32

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from torch import Tensor

from lecture.errors import LectureError

CLASSES = 10
Floats = NDArray[np.float32]

_DRAWN = (  # the ten digits as written in the package, 12 heights each
    (5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5),
    (5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5),
    (5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5),
    (5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5),
    (5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5),
    (5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5),
    (5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5),
    (5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5),
    (5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5),
    (5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5),
)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What is done to a template; the defaults are the published data set's.

    Attributes:
        padding: Smallest and largest number of empty points behind the template.
        max_translation: The signal moves by 0 to ``max_translation - 1`` points, in a circle.
        scale: Height varies by a factor of 1 ± scale/2.
        smooth_noise: Standard deviation of the noise, before smoothing, that fills the empty points.
        white_noise: Standard deviation of the noise added to every point.
        shear: Largest rise or fall over the whole signal, halved.
        length: Points of the finished signal.
    """

    padding: tuple[int, int] = (36, 60)
    max_translation: int = 48
    scale: float = 0.4
    smooth_noise: float = 0.25
    white_noise: float = 0.02
    shear: float = 0.75
    length: int = 40


TRANSLATION_HEAVY = Settings(padding=(132, 156), max_translation=144, length=80)
"""A longer strip with the digit anywhere on it: hard for methods that do not know about translation."""


def generate(n: int, seed: int, *, shuffled: bool = False, settings: Settings | None = None) -> tuple[Tensor, Tensor]:
    """Return ``n`` labelled signals in random order, by default with the published settings.

    The classes are equally frequent, up to one. If ``shuffled``, one random permutation is applied to the points of all
    signals, so that neighbours mean nothing.

    Returns:
        Signals ``[n, length]``, float32, and labels ``[n]``, int64. The whole set has mean 0 and variance 1.

    Raises:
        LectureError: ``n`` is not positive.
    """
    if n < 1:
        raise LectureError(f"MNIST-1D needs at least one example, got {n}")
    s = settings or Settings()
    random = np.random.default_rng([seed, crc32(b"mnist1d")])
    labels = random.permutation(np.arange(n) % CLASSES)

    empty = random.integers(s.padding[0], s.padding[1] + 1, n)
    moved = random.integers(0, s.max_translation, n)
    height = 1 + s.scale * (random.random(n, np.float32) - 0.5)
    signal = _place(labels, empty, moved, s.padding[1]) * height[:, None]

    smooth = gaussian_filter1d(random.standard_normal(signal.shape, np.float32), 2, axis=1) * np.float32(s.smooth_noise)
    signal = np.where(signal == 0, smooth, signal)
    signal += random.standard_normal(signal.shape, np.float32) * np.float32(s.white_noise)
    slope = s.shear * (random.random(n, np.float32) - 0.5)
    signal -= slope[:, None] * np.linspace(-0.5, 0.5, signal.shape[1], dtype=np.float32)

    signal = _resample(signal, s.length)
    if shuffled:
        signal = signal[:, random.permutation(s.length)]
    signal = (signal - signal.mean(dtype=np.float64)) / signal.std(dtype=np.float64)
    return torch.from_numpy(signal.astype(np.float32)), torch.from_numpy(labels)


def split(
    train: int, test: int, seed: int, *, shuffled: bool = False, settings: Settings | None = None
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return training inputs and labels, test inputs and labels, drawn as one set as in the package.

    Raises:
        LectureError: A number is not positive.
    """
    if train < 1 or test < 1:
        raise LectureError(f"MNIST-1D needs at least one example to train and one to test, got {train} and {test}")
    x, y = generate(train + test, seed, shuffled=shuffled, settings=settings)
    return x[:train], y[:train], x[train:], y[train:]


def templates() -> Floats:
    """Return the ten templates, ``[10, 12]``: each of standard deviation 1/6, starting and ending at 0."""
    drawn = np.asarray(_DRAWN, dtype=np.float64)
    drawn = drawn / drawn.std(axis=1, keepdims=True)
    return np.asarray((drawn - drawn[:, :1]) / 6, np.float32)


def _place(labels: NDArray[np.int64], empty: NDArray[np.int64], moved: NDArray[np.int64], most: int) -> Floats:
    """Return templates followed by ``empty`` zeros, stretched to one length, turned by ``moved`` points."""
    shapes = templates()
    length = shapes.shape[1] + most
    # One more zero, so that the last point has a right neighbour; 1e-8 marks a template's points as full.
    padded = np.pad(shapes + np.float32(1e-8), ((0, 0), (0, most + 1)))
    point = (np.arange(length) - moved[:, None]) % length
    place = point * ((shapes.shape[1] + empty - 1) / (length - 1))[:, None]
    left = place.astype(np.int64)
    share = (place - left).astype(np.float32)
    row = labels[:, None]
    return np.asarray(padded[row, left] * (1 - share) + padded[row, left + 1] * share, np.float32)


def _resample(signal: Floats, length: int) -> Floats:
    """Return ``[n, length]``: the signals read off at equally spaced places, linearly between points."""
    place = np.linspace(0, signal.shape[1] - 1, length)
    left = np.minimum(place.astype(np.int64), signal.shape[1] - 2)
    share = (place - left).astype(np.float32)
    return np.asarray(signal[:, left] * (1 - share) + signal[:, left + 1] * share, np.float32)
