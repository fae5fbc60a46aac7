import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from lecture.experiments.when_to_use.inference import Inference, count
from lecture.experiments.when_to_use.latency import Latency, _convolutional, _int8
from lecture.models.image_network import image_network
from lecture.seeds import Seeds

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def table():
    return Inference.preset("smoke").run(CPU)


def test_a_network_is_counted_as_torch_counts_it():
    model = image_network(Seeds((0,), CPU).stream("weights"), channels=(4, 8), width=16)
    same = _convolutional(4, 8, 16)
    with FlopCounterMode(display=False) as counter:
        same(torch.zeros(1, 28, 28))
    numbers, multiply_adds, biases = count(model, torch.zeros(1, 1, 28, 28))
    assert 2 * multiply_adds == counter.get_total_flops()
    assert numbers == sum(p.numel() for p in same.parameters())
    assert biases == sum(p.numel() for p in same.parameters() if p.dim() == 1)


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


def test_times_of_all_methods_alone_and_among_many():
    times = Latency.preset("smoke").run(CPU)
    assert (times["seconds"] > 0).all()
    assert (times.groupby(["method", "at_once"])["seed"].apply(list).map(len) == 2).all()
    assert set(times["at_once"]) == {1, Latency.preset("smoke").many}


def test_what_is_timed_predicts():
    latency = Latency.preset("smoke", examples=300, trees=5)
    methods, x = latency.methods(), torch.rand(3, 28, 28)
    assert {name: len(predict(x)) for name, predict in methods.items()} == dict.fromkeys(methods, 3)


def test_the_nearest_neighbour_of_a_known_image_is_itself():
    from lecture.data import mnist

    latency = Latency.preset("smoke", examples=400)
    x, y, _, _ = mnist.load().split(400, 1, latency.first_seed)
    assert (latency.methods()["kNN"](x) == y).float().mean() > 0.8


def test_true_integers_are_off_by_rounding_only():
    torch.manual_seed(0)
    first, last = nn.Linear(784, 32), nn.Linear(32, 10)
    x = torch.rand(20, 28, 28)
    right = last(first(x.flatten(1)).relu())
    assert (_int8(first, last)(x) - right).abs().max() < 0.03 * right.abs().max()
