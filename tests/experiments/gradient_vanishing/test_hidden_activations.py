import torch
from torch import nn

from lecture import devices
from lecture.experiments.gradient_vanishing.hidden_activations import HiddenActivations, outputs
from lecture.models.mlp import mlp
from lecture.seeds import Seeds

SEEDS = Seeds((0, 1), torch.device("cpu"))


def test_the_spread_is_over_examples_and_a_dead_unit_is_counted():
    model = mlp(SEEDS.stream("weights"), depth=2, width=8, activation="ReLU", init="He")
    x = SEEDS.stream("x").normal(50, 40)
    with torch.no_grad():
        model[0].bias[1, 0, :3] = -1e3  # three units of the second replica never fire
        hidden = nn.functional.relu(x @ model[0].weight + model[0].bias)
    found = outputs(model, x)
    assert found.shape == (2, 2, 2)
    for replica, dead in ((0, 0.0), (1, 3 / 8)):
        assert found[0, replica, 1] == dead
        torch.testing.assert_close(found[0, replica, 0], hidden[replica].std(0).mean())


def test_sigmoids_lose_what_tells_signals_apart_and_tanh_keeps_it():
    table = HiddenActivations.preset("smoke").run(devices.pick("cpu"))
    start = table[table["moment"] == "start"].groupby(["activation", "layer"])["spread"].mean()
    assert start["sigmoid", 8] < 1e-3 * start["sigmoid", 1]
    assert start["tanh", 8] > 0.1 * start["tanh", 1]
    assert len(table) == 3 * 2 * 8 * 2
