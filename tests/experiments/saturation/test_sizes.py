"""Sizes of models and amounts of computing are what they are said to be."""

import ast
import inspect

import pytest
import torch
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from lecture.data import mnist1d
from lecture.experiments.saturation.classical_size import ClassicalSize
from lecture.experiments.saturation.compute import Compute
from lecture.experiments.saturation.decent_model import classify, count, lines
from lecture.experiments.saturation.model_size import ModelSize, multiply_adds

CPU = torch.device("cpu")


@pytest.mark.parametrize("channels", [4, 25])
def test_multiply_adds_are_those_torch_counts(channels):
    model = nn.Sequential(
        nn.Unflatten(1, (1, 40)),
        nn.Conv1d(1, channels, 5, stride=2, padding=1),
        nn.Conv1d(channels, channels, 3, stride=2, padding=1),
        nn.Conv1d(channels, channels, 3, stride=2, padding=1),
        nn.Flatten(),
        nn.Linear(5 * channels, 10),
    )
    with FlopCounterMode(display=False) as counter:
        torch.autograd.backward(model(torch.zeros(1, 40)).sum())
    assert counter.get_total_flops() == 2 * multiply_adds(channels)


def test_parameters_and_computing_are_counted_for_one_network():
    table = ModelSize.preset("smoke", channels=(16,), steps=(3,)).run(CPU)
    assert set(table["parameters"]) == {2474}
    assert set(table["multiply_adds"]) == {3 * 50 * multiply_adds(16)}


def test_shorter_trainings_are_of_the_same_networks():
    for preset in ("smoke", "book", "full"):
        longest, shorter = ModelSize.preset(preset), Compute.preset(preset)
        assert set(shorter.channels) <= set(longest.channels)
        assert max(shorter.steps) < min(longest.steps)


@pytest.mark.parametrize("trees", [1, 2, 4])
def test_the_first_trees_of_a_forest_are_the_smaller_forest(trees):
    table = ClassicalSize.preset("smoke", seeds=1).run(CPU)
    x, y, x_test, y_test = (part.numpy() for part in mnist1d.split(200, 200, 0))
    forest = ExtraTreesClassifier(trees, max_features=0.5, random_state=0).fit(x, y)
    row = table[(table["method"] == "forest") & (table["amount"] == trees)]
    assert row["error"].item() == pytest.approx(1 - forest.score(x_test, y_test))


def test_the_first_rounds_of_boosting_are_the_shorter_boosting():
    table = ClassicalSize.preset("smoke", seeds=1).run(CPU)
    x, y, x_test, y_test = (part.numpy() for part in mnist1d.split(200, 200, 0))
    boosting = HistGradientBoostingClassifier(
        max_iter=2, learning_rate=0.2, max_bins=63, early_stopping=False, random_state=0
    ).fit(x, y)
    row = table[(table["method"] == "boosting") & (table["amount"] == 2)]
    assert row["error"].item() == pytest.approx(1 - boosting.score(x_test, y_test))


def test_operations_of_a_decent_model_are_those_of_its_layers():
    first, later = 18 * 5 * 25, 8 * 75 * 25 + 200 * 10  # multiply-adds of one example, forward
    assert count(7) == 2 * (7 * 100 * (2 * first + 3 * later) + 1000 * (first + later))


def test_lines_of_code_are_counted_without_the_docstring():
    source = inspect.getsource(classify).splitlines()
    documented = ast.parse(inspect.getsource(classify)).body[0].body[0]
    assert lines() == len(source) - (documented.end_lineno - documented.lineno + 1)


@pytest.mark.parametrize("preset", ["smoke", "book", "full"])
def test_shorter_trainings_leave_out_the_narrowest_network(preset):
    assert Compute.preset(preset).channels == ModelSize.preset(preset).channels[1:]
