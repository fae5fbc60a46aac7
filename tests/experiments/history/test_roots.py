import torch

from lecture.experiments.history.alexnet import AlexNet
from lecture.experiments.history.autodiff import Autodiff
from lecture.experiments.history.hidden_layer import HiddenLayer, network
from lecture.experiments.history.perceptron import PerceptronRule
from lecture.models.autodiff import Number, backward, forward, wengert_list

CPU = torch.device("cpu")


def test_the_perceptron_settles_within_its_bound_or_never():
    table = PerceptronRule(seeds=3).run(CPU)
    last = table[table["pass"] == table["pass"].max()].set_index("gate")
    assert (last.loc[["AND", "OR"], "mistakes"] <= last.loc[["AND", "OR"], "bound"]).all()
    assert (last.loc[["AND", "OR"], "mistakes_now"] == 0).all()
    assert (last.loc["XOR", "mistakes_now"] > 0).all()
    added = table.groupby(["gate", "seed"])["mistakes_now"].cumsum()
    assert (added == table["mistakes"]).all()


def test_a_hidden_layer_learns_xor():
    table = HiddenLayer(seeds=3, steps=300, every=300).run(CPU)
    start, end = (table[table["step"] == step] for step in (0, 300))
    assert end["loss"].mean() < 0.5 * start["loss"].mean()
    assert (end["right"] == 4).any()
    assert ((end["right"] == 4) >= (end["loss"] < 0.25)).all()  # one wrong answer costs at least a quarter


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


def test_alexnet_takes_a_step_downhill():
    table = AlexNet(narrow=16, classes=10).run(CPU)
    assert (table["loss_after"] < table["loss"]).all()
    learned = table[table["parameters"] > 0]
    assert (learned["gradient"] > 0).all()
    assert learned.groupby("layout").size().to_dict() == {"one tower": 8, "two towers": 8}
    assert (table[table["parameters"] == 0]["multiply_adds"] == 0).all()
