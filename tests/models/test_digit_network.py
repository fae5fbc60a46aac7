"""One network for digits: the same function as a replica of ``image_network`` with its weights."""

import torch
from torch import nn

from lecture.models.digit_network import digit_network
from lecture.models.image_network import image_network
from lecture.seeds import Stream


def layers(network):
    return [layer for layer in network if list(layer.parameters(recurse=False))]


def test_it_is_the_network_of_the_replicas():
    one = digit_network(torch.Generator().manual_seed(0), channels=(3, 5), width=7)
    many = image_network(Stream((0,), "weights"), channels=(3, 5), width=7)
    with torch.no_grad():
        for ours, theirs in zip(layers(one), layers(many), strict=True):
            theirs.bias.copy_(ours.bias.view(1, 1, -1))
            if isinstance(ours, nn.Conv2d):  # a window there is pixel by pixel, and of each pixel its channels
                theirs.weight.copy_(ours.weight.permute(2, 3, 1, 0).reshape(theirs.weight.shape))
            else:
                theirs.weight.copy_(ours.weight.T[None])
        whole = layers(many)[2]  # reads a plane with the channels last
        whole.weight.copy_(one[6].weight.view(7, 5, 25).permute(2, 1, 0).reshape(whole.weight.shape))
        x = torch.rand(4, 28, 28, generator=torch.Generator().manual_seed(1))
        torch.testing.assert_close(one(x[:, None]), many(x[None])[0])


def test_a_seed_decides_all_weights_by_hes_rule():
    first, again, other = (
        digit_network(torch.Generator().manual_seed(seed), channels=(32, 64), width=256) for seed in (0, 0, 1)
    )
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), again.parameters(), strict=True))
    assert not torch.equal(first[1].weight, other[1].weight)
    assert not first[8].bias.any()
    torch.testing.assert_close(first[6].weight.std().item(), (2 / 1600) ** 0.5, rtol=0.02, atol=0)
