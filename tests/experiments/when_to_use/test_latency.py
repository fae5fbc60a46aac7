import torch
from torch import nn

from lecture.data import mnist
from lecture.experiments.when_to_use.latency import Latency, _int8

CPU = torch.device("cpu")


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
    latency = Latency.preset("smoke", examples=400)
    x, y, _, _ = mnist.load().split(400, 1, latency.first_seed)
    assert (latency.methods()["kNN"](x) == y).float().mean() > 0.8


def test_true_integers_are_off_by_rounding_only():
    torch.manual_seed(0)
    first, last = nn.Linear(784, 32), nn.Linear(32, 10)
    x = torch.rand(20, 28, 28)
    right = last(first(x.flatten(1)).relu())
    assert (_int8(first, last)(x) - right).abs().max() < 0.03 * right.abs().max()
