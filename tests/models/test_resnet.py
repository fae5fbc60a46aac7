"""The residual networks of the papers: layers, weights, shapes, and what the shortcut does."""

import pytest
import torch
from torch import nn

from lecture.models.resnet import Block, resnet


def draw(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize(
    ("depth", "millions"),
    [(20, 0.27), (32, 0.46), (44, 0.66), (56, 0.85), (110, 1.7), (1001, 10.2)],  # He et al. 2016a, table 6; 2016b
)
def test_layers_and_parameters_are_the_papers(depth, millions):
    with torch.device("meta"):
        network = resnet(depth, None) if depth < 500 else resnet(depth, None, before=True)
    weighted = [module for module in network.modules() if isinstance(module, nn.Conv2d | nn.Linear)]
    assert len(weighted) == depth
    found = sum(parameter.numel() for parameter in network.parameters()) / 1e6
    assert found == pytest.approx(millions, rel=0.03)


@pytest.mark.parametrize("shortcut", [True, False])
@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("depth", [8, 200])
def test_all_kinds_map_images_to_classes_and_all_weights_get_a_gradient(depth, before, shortcut):
    network = resnet(8 if depth == 8 else 200, draw(), shortcut=shortcut, before=before, classes=7)
    out = network(torch.randn(2, 3, 32, 32, generator=draw()))
    assert out.shape == (2, 7)
    out.square().sum().backward()
    assert all(parameter.grad is not None for parameter in network.parameters())


@pytest.mark.parametrize("bottleneck", [True, False])
def test_before_the_convolutions_the_shortcut_is_clear(bottleneck):
    block = Block(4, 8, stride=2, bottleneck=bottleneck, shortcut=True, before=True)
    for layer in block.branch:
        if isinstance(layer, nn.Conv2d):
            nn.init.zeros_(layer.weight)
    x = torch.randn(2, 4, 6, 6, generator=draw())
    out = block(x)
    assert torch.equal(out[:, :4], x[:, :, ::2, ::2])
    assert not out[:, 4:].any()


def test_after_the_sum_the_activation_acts_on_the_shortcut_too():
    block = Block(4, 4, stride=1, bottleneck=False, shortcut=True, before=False)
    for layer in block.branch:
        if isinstance(layer, nn.Conv2d):
            nn.init.zeros_(layer.weight)
    x = torch.randn(2, 4, 6, 6, generator=draw())
    assert torch.equal(block(x), x.relu())


def test_weights_are_hes_and_come_from_the_generator():
    one, same, other = (resnet(20, draw(seed)) for seed in (0, 0, 1))
    weights = [network[-6].branch[0].weight for network in (one, same, other)]
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])
    assert weights[0].detach().std().item() == pytest.approx((2 / weights[0][0].numel()) ** 0.5, rel=0.03)


@pytest.mark.parametrize("depth", [2, 9, 19, 1000])
def test_other_numbers_of_layers_are_refused(depth):
    with pytest.raises(ValueError, match=r"n \+ 2 layers"):
        resnet(depth, draw())
