import pytest
import torch
from torch import nn

from lecture import devices
from lecture.experiments.gradient_vanishing.hidden_activations import HiddenActivations, outputs
from lecture.models.mlp import mlp
from lecture.seeds import Seeds

SEEDS = Seeds((0, 1), torch.device("cpu"))


def test_quantiles_are_those_of_the_layer_and_a_dead_unit_is_counted():
    model = mlp(SEEDS.stream("weights"), depth=2, width=8, activation="ReLU", init="He")
    x = SEEDS.stream("x").normal(50, 40)
    with torch.no_grad():
        model[0].bias[1, 0, :3] = -1e3  # three units of the second replica never fire
        hidden = nn.functional.relu(x @ model[0].weight + model[0].bias)
    found = outputs(model, x)
    assert found.shape == (2, 2, 4)
    for replica, dead in ((0, 0.0), (1, 3 / 8)):
        assert found[0, replica, 3] == dead
        expected = torch.quantile(hidden[replica], torch.tensor([0.05, 0.5, 0.95]))
        torch.testing.assert_close(found[0, replica, :3], expected)


def test_outputs_of_a_sigmoid_start_near_a_half_and_those_of_tanh_near_zero():
    table = HiddenActivations.preset("smoke").run(devices.pick("cpu"))
    start = table[table["moment"] == "start"].groupby("activation")["middle"].mean()
    assert start["sigmoid"] == pytest.approx(0.5, abs=0.1)
    assert start["tanh"] == pytest.approx(0, abs=0.1)
    assert len(table) == 3 * 2 * 8 * 2
