import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from lecture.experiments.when_to_use.inference import Inference
from lecture.experiments.when_to_use.latency import _convolutional

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def table():
    return Inference.preset("smoke").run(CPU)


def test_a_network_is_counted_as_torch_counts_it(table):
    settings = Inference.preset("smoke")
    same = _convolutional(*settings.channels, settings.width)
    with FlopCounterMode(display=False) as counter:
        same(torch.zeros(1, 28, 28))
    weights, biases = (sum(p.numel() for p in same.parameters() if (p.dim() > 1) == big) for big in (True, False))
    row = table[(table["method"] == "CNN") & (table["bits"] == 8)].iloc[0]
    assert 2 * row["multiply_adds"] == counter.get_total_flops()
    assert row["numbers"] == weights + biases
    assert row["fetched_bits"] == 8 * weights + 32 * biases


def test_eight_bits_are_fetched_four_times_as_cheaply_but_for_biases(table):
    bits = table[table["seed"] == 0].pivot(index="method", columns="bits", values="fetched_bits")
    assert bits.loc["logistic", 32] == 7850 * 32
    assert bits.loc["logistic", 8] == 7840 * 8 + 10 * 32


def test_neighbours_compute_with_every_pixel_they_know(table):
    near = table[table["method"] == "kNN"]
    assert (near["multiply_adds"] == Inference.preset("smoke").examples * 784).all()


def test_both_small_networks_start_from_the_same_weights_and_learn_differently(table):
    small = table[(table["bits"] == 32) & table["method"].str.startswith("small")]
    assert small.groupby("method")["numbers"].first().nunique() == 1
