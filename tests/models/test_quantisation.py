import pytest
import torch
from torch import nn

from lecture.models.convolution2d import Conv2d
from lecture.models.image_network import image_network
from lecture.models.layers import Linear
from lecture.models.quantisation import MOST, Int8, quantised, rounded
from lecture.seeds import Seeds

SEEDS = Seeds((0, 1, 2), torch.device("cpu"))


def test_numbers_are_whole_and_fit_into_8_bits():
    whole, scale = rounded(SEEDS.stream("x").normal(7, 5), (1,))
    assert torch.equal(whole, whole.round())
    assert (whole.abs().amax(1) == MOST).all()
    assert scale.shape == (3, 1, 5)


def test_a_linear_layer_is_the_integer_product_of_torch():
    stream = SEEDS.stream("layer")
    layer, x = Linear(32, 24, stream), stream.normal(20, 32)
    (numbers, step), (weight, scale) = rounded(x, (2,)), rounded(layer.weight.detach(), (1,))
    sums = torch.stack(
        [torch._int_mm(a.to(torch.int8), b.to(torch.int8)) for a, b in zip(numbers, weight, strict=True)]
    )
    torch.testing.assert_close(Int8(layer)(x), sums * step * scale + layer.bias.detach())


def test_a_convolution_is_off_by_rounding_only():
    stream = SEEDS.stream("layer")
    layer, x = Conv2d(3, 6, stream, kernel=5, stride=2), stream.normal(4, 11, 11, 3)
    right, found = layer(x), Int8(layer)(x)
    assert found.shape == right.shape
    assert (found - right).abs().max() < 0.05 * right.abs().max()
    assert not torch.equal(found, right)


def test_numbers_that_are_whole_already_lose_nothing():
    layer = Linear(4, 3, SEEDS.stream("layer"))
    layer.weight.data.copy_(torch.tensor([[127.0, -3, 5], [1, 127, -127], [0, 2, 90], [64, 1, 1]]).expand(3, 4, 3))
    x = torch.tensor([[127.0, 2, 3, -4], [1, 127, 0, 7]]).expand(3, 2, 4)
    torch.testing.assert_close(Int8(layer)(x), layer(x))


def test_one_network_alone_is_the_one_in_company():
    x = SEEDS.stream("x").normal(4, 28, 28)
    three = quantised(image_network(SEEDS.stream("weights"), channels=(2, 3), width=5))(x)
    alone = Seeds((1,), torch.device("cpu"))
    one = quantised(image_network(alone.stream("weights"), channels=(2, 3), width=5))(x[1:2])
    assert torch.equal(one[0], three[1])


def test_the_network_itself_stays_as_it_was():
    model = nn.Sequential(Linear(4, 3, SEEDS.stream("layer")))
    before = model[0].weight.clone()
    quantised(model)
    assert torch.equal(model[0].weight, before)


def test_an_image_without_light_gives_the_bias():
    layer = Linear(4, 3, SEEDS.stream("layer"))
    assert torch.equal(Int8(layer)(torch.zeros(3, 1, 4)), layer.bias)


@pytest.mark.parametrize("factor", [0.01, 100.0])
def test_the_scale_follows_the_numbers(factor):
    layer, x = Linear(8, 20, SEEDS.stream("layer")), SEEDS.stream("x").normal(2, 8)
    layer.bias.data.zero_()
    torch.testing.assert_close(Int8(layer)(factor * x), factor * Int8(layer)(x), rtol=1e-4, atol=1e-4 * factor)
