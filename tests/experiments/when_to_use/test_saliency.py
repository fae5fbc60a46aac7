"""What networks name as their reasons in images."""

import numpy as np
import pytest
import torch
from scipy.stats import spearmanr
from torch import nn

from lecture.experiments.when_to_use.saliency import Saliency, correlation, saliency
from lecture.models.image_network import image_network
from lecture.models.layers import Linear
from lecture.seeds import Stream

CPU = torch.device("cpu")
TINY = Saliency.preset("smoke")


def test_every_seed_has_its_numbers_and_pictures():
    table = TINY.run(CPU)
    assert (table[table["number"] < 0].groupby("quantity").size() == 2).all()
    pixels = table[table["number"] >= 0].groupby(["quantity", "seed"]).size()
    assert set(pixels["image"]) == {28**2}
    assert set(pixels["map"]) == {(TINY.members + 2) * 28**2}


def test_a_linear_networks_map_is_its_weights():
    network = nn.Sequential(nn.Flatten(2), Linear(28 * 28, 10, Stream([0], "weights")))
    answers = torch.tensor([[3, 7]])
    maps = saliency(network, torch.zeros(1, 2, 28, 28), answers)
    weights = network[1].weight[0].detach().view(28, 28, 10).abs()
    torch.testing.assert_close(maps[0], weights.permute(2, 0, 1)[answers[0]])


def test_every_pixel_reaches_an_answer():
    network = image_network(Stream([0], "weights"), channels=(8, 16))
    x = torch.rand(1, 1, 28, 28, generator=torch.Generator().manual_seed(0)).requires_grad_()
    network(x).square().sum().backward()
    assert (x.grad != 0).all()


def test_the_correlation_is_spearmans_with_ties():
    generator = torch.Generator().manual_seed(0)
    a, b = (torch.randint(0, 4, (3, 5, 5), generator=generator).double() for _ in range(2))
    expected = np.mean([spearmanr(x.flatten(), y.flatten()).statistic for x, y in zip(a, b, strict=True)])
    assert correlation(a, b) == pytest.approx(expected)
    assert correlation(a, a) == pytest.approx(1)
    assert correlation(a, -a) == pytest.approx(-1)
