import torch
from torch import nn

from lecture import devices
from lecture.experiments.gradient_vanishing.shattered import Shattered, autocorrelation
from lecture.models.layers import Linear
from lecture.models.mlp import mlp
from lecture.seeds import Seeds

SEEDS = Seeds((0, 1), torch.device("cpu"))


def test_the_gradient_of_a_linear_network_is_everywhere_the_same():
    model = Linear(6, 3, SEEDS.stream("weights"))
    way = torch.linspace(-1, 1, 60).view(2, 5, 6)
    torch.testing.assert_close(autocorrelation(model, way, (1, 3)), torch.ones(2, 2))


def test_it_is_the_mean_cosine_of_torchs_gradients():
    model = mlp(SEEDS.stream("weights"), depth=3, width=16, activation=nn.Tanh, inputs=6)
    way = SEEDS.stream("way").normal(2, 5, 6)[0]
    gradients = torch.autograd.functional.jacobian(
        lambda x: model(x.expand(2, -1, -1))[1, :, 0].sum(), way.flatten(0, 1)
    )
    unit = nn.functional.normalize(gradients, dim=1).view(2, 5, 6)
    expected = torch.stack([(unit[p, n] * unit[p, n + 2]).sum() for p in range(2) for n in range(3)]).mean()
    torch.testing.assert_close(autocorrelation(model, way, (2,))[0, 1], expected)


def test_deep_plain_networks_shatter_the_gradient_and_shortcuts_keep_it():
    table = Shattered.preset("smoke", depths=(4, 40)).run(devices.pick("cpu"))
    near = table[table["distance"] == table["distance"].min()].groupby(["network", "depth"])["correlation"].mean()
    assert near["plain, batch norm", 40] < 0.1 < 0.2 < near["shortcut, batch norm", 40]
    assert near["plain, batch norm", 4] > 0.7
