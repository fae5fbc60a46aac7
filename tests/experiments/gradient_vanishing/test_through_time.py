import torch
from torch.nn import functional

from lecture import devices
from lecture.experiments.gradient_vanishing.through_time import ThroughTime, gradient_through_time
from lecture.models.recurrent import LSTM, RNN
from lecture.seeds import Seeds


def test_the_gradient_through_time_is_the_product_of_jacobians():
    seeds = Seeds((0, 1, 2), torch.device("cpu"))
    model = RNN(seeds.stream("weights"), symbols=8, hidden=16, classes=4)
    x = seeds.stream("symbols").integers(3, 4, below=8)
    labels = torch.tensor([[0, 1, 2]] * 3)
    found = gradient_through_time(model, x, labels)
    with torch.no_grad():
        states = [state[0] for state in model.states(x)]
        probability = functional.softmax(model.last(states[-1]), 2)
        delta = (probability - functional.one_hot(labels, 4)) @ model.last.weight.mT / 3
        for step in reversed(range(4)):
            torch.testing.assert_close(found[:, step], delta.flatten(1).norm(dim=1))
            delta = (delta * (1 - states[step] ** 2)) @ model.weight.mT


def test_a_cell_that_nothing_touches_keeps_its_gradient():
    seeds = Seeds((0,), torch.device("cpu"))
    model = LSTM(seeds.stream("weights"), symbols=8, hidden=16, classes=4)
    with torch.no_grad():
        model.weight.zero_()  # no way back but through the cell
        model.start(["1997"], seeds.stream("gates"), 50)
    found = gradient_through_time(model, seeds.stream("symbols").integers(4, 50, below=8), torch.zeros(1, 4).long())
    torch.testing.assert_close(found[:, :-1], found[:, :1].expand(-1, 49))


def test_gates_that_remember_hand_back_more_than_gates_that_do_not():
    table = ThroughTime.preset("smoke", length=40).run(devices.pick("cpu"))
    first = table[table["step"] == 1].groupby("network")["gradient"].min()
    other = table[table["step"] == 1].groupby("network")["gradient"].max()
    assert first["LSTM, remembering"] > 1e3 * other["LSTM"]
    assert first["GRU, remembering"] > 1e3 * other["GRU"]
    assert first["RNN, orthogonal x 2"] > 10 * other["RNN, orthogonal"]
