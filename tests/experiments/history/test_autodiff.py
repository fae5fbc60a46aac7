import torch

from lecture.experiments.history.autodiff import Autodiff
from lecture.experiments.history.hidden_layer import network
from lecture.models.autodiff import Number, backward, forward, wengert_list

CPU = torch.device("cpu")


def test_the_two_directions_give_torchs_gradient_at_different_cost():
    table = Autodiff(seeds=3, hidden=(2, 4)).run(CPU)
    assert table["error"].max() < 1e-13


class Counted(float):
    """A local derivative that counts how often it is multiplied by."""

    times = 0

    def __mul__(self, other):
        Counted.times += 1
        return float(self) * other


def counted(walk):
    Counted.times = 0
    walk()
    return Counted.times


def test_the_work_is_what_the_walks_really_multiply():
    table = Autodiff(seeds=2, hidden=(4,)).run(CPU)
    weights = [Number(0.1 * i) for i in range(table["weights"].iloc[0])]
    loss = (network(weights, [Number(1.0), Number(0.3), Number(-0.2)], hidden=4) - 1) ** 2
    for x in wengert_list(loss):
        x.parents = tuple((parent, Counted(slope)) for parent, slope in x.parents)
    work = {
        "backward": counted(lambda: backward(loss)),
        "forward": counted(lambda: [forward(loss, w) for w in weights]),
    }
    assert table.groupby("mode")["multiplications"].unique().map(list).to_dict() == {m: [n] for m, n in work.items()}
