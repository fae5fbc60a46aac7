import torch
from torch import nn

from lecture.models.layers import BatchNorm, Linear
from lecture.models.mlp import mlp
from lecture.seeds import Seeds


def test_each_replica_is_the_ordinary_network():
    seeds = Seeds((0, 5), torch.device("cpu"))
    model = mlp(seeds.stream("weights"), depth=3, width=6, activation=nn.Tanh, inputs=4, classes=2)
    x = seeds.stream("x").normal(7, 4)
    for r in range(2):
        layers = []
        for layer in model:
            if isinstance(layer, Linear):
                plain = nn.Linear(*layer.weight.shape[1:])
                plain.weight.data, plain.bias.data = layer.weight[r].T.detach(), layer.bias[r, 0].detach()
                layers.append(plain)
            else:
                layers.append(layer)
        torch.testing.assert_close(model(x)[r], nn.Sequential(*layers)(x[r]))


def test_depth_counts_hidden_layers_and_normalisation_stands_before_the_function():
    stream = Seeds((0,), torch.device("cpu")).stream("weights")
    model = mlp(stream, depth=2, width=6, activation=nn.ReLU, norm=lambda width: BatchNorm(width, stream))
    assert [type(layer) for layer in model] == [Linear, BatchNorm, nn.ReLU] * 2 + [Linear]
