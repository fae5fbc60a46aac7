import torch

from lecture.experiments.saturation.scaling_deep import ScalingDeep

CPU = torch.device("cpu")


def test_networks_have_the_sizes_that_are_named():
    table = ScalingDeep.preset("smoke").run(CPU)
    assert list(table["method"].unique()) == ["CNN 16", "CNN 32"]
    assert len(table) == 2 * 2 * 4
