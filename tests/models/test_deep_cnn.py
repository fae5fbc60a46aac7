import pytest
import torch
from torch import nn

from lecture.models.counting import multiply_adds
from lecture.models.deep_cnn import deep_cnn
from lecture.models.initialisers import he
from lecture.models.layers import Linear
from lecture.seeds import Seeds

SEEDS = Seeds((3, 4), torch.device("cpu"))


def network(layers, channels=3):
    return deep_cnn(SEEDS.stream("weights"), layers=layers, channels=channels, activation=nn.ReLU, init=he)


def torch_twin(model, r):
    """The same network, of torch's own layers, with the weights of replica r."""
    parts = []
    for layer in model:
        if hasattr(layer, "kernel"):
            twin = nn.Conv1d(
                layer.weight.shape[1] // layer.kernel, layer.weight.shape[2], layer.kernel, layer.stride, layer.padding
            )
            twin.weight.data = layer.weight[r].view(layer.kernel, -1, layer.weight.shape[2]).permute(2, 1, 0)
            twin.bias.data = layer.bias[r, 0]
            parts += [twin, nn.ReLU()]
        elif isinstance(layer, Linear):
            twin = nn.Linear(*layer.weight[r].shape)
            twin.weight.data, twin.bias.data = layer.weight[r].T, layer.bias[r, 0]
            last = twin
    return lambda x: last(nn.Sequential(*parts)(x[:, None]).transpose(1, 2).flatten(1))


@pytest.mark.parametrize("layers", [2, 3, 4, 6])
def test_it_computes_what_torchs_own_layers_compute(layers):
    model, x = network(layers), SEEDS.stream("x").normal(5, 40)
    found = model(x)
    for r in range(2):
        torch.testing.assert_close(found[r], torch_twin(model, r)(x[r]))


@pytest.mark.parametrize(
    ("layers", "count"),
    [
        (2, 20 * 5 * 3 + 20 * 3 * 10),
        (4, 20 * 5 * 3 + 10 * 9 * 3 + 5 * 9 * 3 + 5 * 3 * 10),
        (6, 20 * 5 * 3 + 10 * 9 * 3 + 3 * 5 * 9 * 3 + 5 * 3 * 10),
    ],
)
def test_multiply_adds_counted_by_hand(layers, count):
    assert multiply_adds(network(layers), 40) == count


def test_one_layer_is_not_a_convolutional_network():
    with pytest.raises(ValueError, match="at least two"):
        network(1)
