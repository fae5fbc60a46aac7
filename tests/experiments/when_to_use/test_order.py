"""Both orders hold the same signals."""

import pytest
import torch

from lecture.experiments.experiment import Experiment
from lecture.experiments.when_to_use.order import Order, OrderRecurrent, both_orders, mlp_base
from lecture.seeds import Seeds

CPU = torch.device("cpu")


def test_shuffling_is_one_permutation_a_seed_of_the_same_signals():
    x, y, x_test, y_test = both_orders(Seeds((0, 1), CPU), 60, 20)
    assert x.shape == (4, 60, 40)
    assert torch.equal(y[:2], y[2:])
    assert torch.equal(y_test[:2], y_test[2:])
    moves = []
    for seed in range(2):
        ordered, shuffled = torch.cat((x[seed], x_test[seed])), torch.cat((x[seed + 2], x_test[seed + 2]))
        place = torch.cdist(shuffled.T, ordered.T).argmin(1)  # where each column came from, training and test alike
        assert sorted(place.tolist()) == list(range(40))
        torch.testing.assert_close(shuffled, ordered[:, place])
        moves.append(place)
    assert not torch.equal(moves[0], moves[1])
    assert not torch.equal(moves[0], torch.arange(40))


def test_the_multilayer_network_has_the_paper_s_size():
    model = mlp_base(Seeds((0,), CPU).stream("weights"))
    assert sum(parameter.numel() for parameter in model.parameters()) == 15_210


@pytest.mark.parametrize(("experiment", "models"), [(Order, ["logistic", "MLP", "CNN"]), (OrderRecurrent, ["GRU"])])
def test_the_table_is_tidy(experiment: type[Experiment], models):
    table = experiment.preset("smoke").run(CPU)
    assert list(table["model"].unique()) == models
    assert len(table) == 2 * 2 * len(models)
    assert table["test_accuracy"].between(0, 1).all()


def test_logistic_regression_cannot_tell_the_orders_apart():
    table = Order.preset("smoke").run(CPU)
    accuracy = table[table["model"] == "logistic"].pivot(index="seed", columns="order", values="test_accuracy")
    assert (accuracy["ordered"] - accuracy["shuffled"]).abs().max() <= 0.01
