import pytest
import torch

from lecture.experiments.gpu.two_towers import TwoTowers

TINY = TwoTowers.preset("smoke")


@pytest.fixture(scope="module")
def table():
    """Two processes, really started, each with a tower."""
    return TINY.run(torch.device("cpu"))


def test_two_towers_are_the_network_forward_and_backward_to_rounding(table):
    assert len(table) == 9 * TINY.seeds
    assert (table.difference < 1e-5).all()


def test_normalising_across_the_border_makes_another_network(table):
    assert (table.groupby("seed").difference_across.max() > 1e-5).all()


def test_what_crosses_is_half_of_what_the_layer_reads(table):
    """Layer 3 reads 13 x 13 places of 256 maps, the full layers 36 places of 256, 4096 and 4096 units."""
    one = table[table.seed == 0].set_index("layer")
    expected = {"conv3": 256 * 13 * 13, "full6": 256 * 36, "full7": 4096, "full8": 4096, "outputs": 10 * TINY.narrow}
    crossing = one.forward[one.forward > 0]
    assert crossing.to_dict() == {layer: 4 * n // 2 // TINY.narrow for layer, n in expected.items()}
    assert (one.forward == one.backward).all()
