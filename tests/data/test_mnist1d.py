"""The generator against the published package, in distribution."""

import numpy as np
import pytest
import torch
from mnist1d.data import get_dataset_args, get_templates, make_dataset
from numpy.typing import NDArray
from scipy import stats

from lecture.data import mnist1d
from lecture.errors import LectureError

N = 4000
Table = NDArray[np.float64]


def published(**changes: object) -> tuple[Table, NDArray[np.int64]]:
    arguments = get_dataset_args()
    vars(arguments).update(num_samples=N, train_split=1.0, seed=5, **changes)
    made = make_dataset(arguments)
    return made["x"], made["y"]


@pytest.fixture(scope="module")
def reference() -> tuple[Table, NDArray[np.int64]]:
    return published()


def smallest_p(a: Table, b: Table) -> float:
    """The smallest Kolmogorov-Smirnov p-value over all columns, times their number (Bonferroni)."""
    both = np.concatenate([a, b])
    steps = np.repeat([1 / len(a), -1 / len(b)], [len(a), len(b)])
    distance = np.abs(np.cumsum(steps[both.argsort(0)], 0)).max()
    return float(stats.kstwobign.sf(distance * np.sqrt(len(a) * len(b) / len(both))) * a.shape[1])


def features(x: Table) -> Table:
    """Every point, and what single points do not show: steps, roughness, spread and slope of each signal."""
    steps = np.diff(x, axis=1)
    rough = np.abs(np.diff(steps, axis=1))
    slope = x[:, :5].mean(1) - x[:, -5:].mean(1)
    summary = np.c_[x.std(1), rough.max(1), rough.mean(1), x.max(1), x.min(1), slope]
    return np.concatenate([x, steps, summary], axis=1)


def agreement(settings: mnist1d.Settings, x: Table, y: NDArray[np.int64]) -> float:
    """A p-value: below 0.01 for one honest generator in a hundred at most."""
    own, labels = (part.numpy() for part in mnist1d.generate(N, 11, settings=settings))
    digits = range(mnist1d.CLASSES)
    return min(smallest_p(features(own[labels == d]), features(x[y == d])) for d in digits) * len(digits)


def test_templates_are_the_published_ones() -> None:
    np.testing.assert_allclose(mnist1d.templates(), get_templates()["x"], atol=1e-7)


def test_distribution_is_the_published_one(reference: tuple[Table, NDArray[np.int64]]) -> None:
    assert agreement(mnist1d.Settings(), *reference) > 0.01


@pytest.mark.parametrize(
    "wrong",
    [
        mnist1d.Settings(padding=(48, 60)),
        mnist1d.Settings(max_translation=40),
        mnist1d.Settings(scale=1.0),
        mnist1d.Settings(smooth_noise=0.3),
        mnist1d.Settings(white_noise=0.03),
        mnist1d.Settings(shear=0.9),
    ],
    ids=str,
)
def test_a_wrong_generator_would_be_noticed(
    wrong: mnist1d.Settings, reference: tuple[Table, NDArray[np.int64]]
) -> None:
    assert agreement(wrong, *reference) < 1e-4


def test_translation_heavy_variant_is_the_package_with_these_settings() -> None:
    heavy = mnist1d.TRANSLATION_HEAVY
    x, y = published(padding=[132, 156], max_translation=144, final_seq_length=80)
    assert agreement(heavy, x, y) > 0.01


def test_shape_type_balance_and_scale() -> None:
    x, y = mnist1d.generate(1003, 0)
    assert x.shape == (1003, 40)
    assert x.dtype == torch.float32
    assert y.dtype == torch.int64
    counts = torch.bincount(y, minlength=10)
    assert counts.sum() == 1003
    assert counts.max() - counts.min() == 1
    assert abs(float(x.mean())) < 1e-5
    assert float(x.std()) == pytest.approx(1, abs=1e-3)


def test_seed_decides_everything() -> None:
    first, again, other = (mnist1d.generate(50, seed)[0] for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_shuffled_is_one_permutation_of_the_points_of_all_signals() -> None:
    ordered, labels = mnist1d.generate(200, 3)
    shuffled, same = mnist1d.generate(200, 3, shuffled=True)
    assert torch.equal(labels, same)
    order = [int((shuffled[0] == value).nonzero()[0, 0]) for value in ordered[0]]
    assert sorted(order) == list(range(40))
    assert order != list(range(40))
    torch.testing.assert_close(shuffled[:, order], ordered)


def test_split_is_one_set_cut_in_two() -> None:
    x, y, x_test, y_test = mnist1d.split(30, 12, 4)
    whole, labels = mnist1d.generate(42, 4)
    assert torch.equal(torch.cat([x, x_test]), whole)
    assert torch.equal(torch.cat([y, y_test]), labels)


@pytest.mark.parametrize("call", [lambda: mnist1d.generate(0, 0), lambda: mnist1d.split(10, 0, 0)])
def test_an_empty_set_is_refused(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LectureError, match="at least one example"):
        call()
