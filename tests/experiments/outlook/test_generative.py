import numpy as np
import pytest
import torch

from lecture.experiments.outlook.generative import Generative, gaussians, rounded, score

CPU = torch.device("cpu")
TINY = Generative(seeds=2, images=100, levels=4, depth=1, width=16, steps=5, parts=2)


@pytest.fixture(scope="module")
def table():
    return TINY.run(CPU)


def test_each_source_once_a_seed_and_copies_are_found_out(table):
    assert table["source"].tolist() == 2 * ["copies", "one Gaussian", "mixture", "network"]
    assert table["seed"].tolist() == [0] * 4 + [1] * 4
    means = table.groupby("source").mean()
    assert means["near_training"]["copies"] == 1
    assert means["told_apart"]["copies"] == pytest.approx(0.5, abs=0.1)
    assert means["told_apart"]["network"] > 0.9  # it has learned for five steps


def test_the_scores_of_new_ones_from_the_same_source_are_a_half():
    draw = np.random.default_rng(0)
    y = np.arange(900) % 3
    made, seen, real = (draw.normal(size=(900, 4)) + 4 * np.eye(4)[y] for _ in range(3))
    found = score((made, y), seen, (real, y))
    assert found["told_apart"] == pytest.approx(0.5, abs=0.05)
    assert found["near_training"] == pytest.approx(0.5, abs=0.05)
    assert found["accuracy"] > 0.9


def test_the_scores_of_noise_of_copies_and_of_wrong_labels():
    draw = np.random.default_rng(0)
    y = np.arange(300) % 3
    seen, real = (draw.normal(size=(300, 4)) + 4 * np.eye(4)[y] for _ in range(2))
    assert score((seen + 20, y), seen, (real, y))["told_apart"] == 1
    assert score((seen, y), seen, (real, y))["near_training"] == 1
    assert score((real, y), seen, (real, y))["near_training"] == 0
    assert score((seen, (y + 1) % 3), seen, (real, y))["accuracy"] < 0.1


def test_gaussians_have_the_mean_and_the_correlations_of_their_class():
    draw = np.random.default_rng(0)
    y = np.arange(20000) % 10
    x = 0.5 + 0.1 * draw.normal(size=(20000, 2)) @ np.array([[1, 0.8], [0, 0.6]])
    x[y == 3] -= 0.2
    made = gaussians(x, y, 1, 1e-6, seed=0)
    assert made[y == 3].mean(0) == pytest.approx([0.3, 0.3], abs=0.01)
    assert np.corrcoef(made[y == 4].T)[0, 1] == pytest.approx(np.corrcoef(x[y == 4].T)[0, 1], abs=0.06)


def test_all_sources_have_the_shades_of_the_set():
    assert rounded(np.array([-1.0, 0.03, 0.04, 0.5, 2.0])).tolist() == [0, 0, 1 / 16, 0.5, 1]
