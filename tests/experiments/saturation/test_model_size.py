"""Sizes of networks and amounts of computing are what they are said to be."""

import pytest
import torch

from lecture.experiments.saturation.model_size import Compute, ModelSize

CPU = torch.device("cpu")


def test_parameters_and_computing_are_counted_for_one_network():
    table = ModelSize.preset("smoke", channels=(16,), steps=(3,)).run(CPU)
    assert set(table["parameters"]) == {2474}
    assert set(table["multiply_adds"]) == {3 * 50 * 40_000}


@pytest.mark.parametrize("preset", ["smoke", "book", "full"])
def test_shorter_trainings_are_of_the_same_networks_but_the_narrowest(preset):
    longest, shorter = ModelSize.preset(preset), Compute.preset(preset)
    assert shorter.channels == longest.channels[1:]
    assert max(shorter.steps) < min(longest.steps)
