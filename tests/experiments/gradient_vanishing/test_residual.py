import numpy as np
import torch
from torch.nn.functional import cross_entropy

from lecture import devices
from lecture.data.mnist1d import split
from lecture.experiments.gradient_vanishing.residual import Residual
from lecture.models.residual import Tower
from lecture.seeds import Seeds
from lecture.training.batches import minibatches


def test_the_first_gradient_is_that_of_the_first_batch_before_any_step():
    table = Residual.preset("smoke", depths=(8,)).run(devices.pick("cpu"))
    seeds = Seeds((1,), torch.device("cpu"))
    x, y, *_ = split(200, 1000, seed=0)
    model = Tower(seeds.stream("weights"), depth=8, width=24, shortcut=torch.zeros(1), branch=torch.ones(1))
    batch_x, batch_y = next(minibatches(x, y, 50, 1, seeds.stream("order")))
    cross_entropy(model(batch_x)[0], batch_y[0]).backward()
    row = table[(table["network"] == "plain") & (table["seed"] == 1)].iloc[0]
    np.testing.assert_allclose(row["first_gradient"], model.first.weight.grad.norm(), rtol=1e-5)


def test_each_network_has_one_of_the_rates_and_all_seeds():
    table = Residual.preset("smoke", depths=(8,)).run(devices.pick("cpu"))
    assert set(table["rate"]) <= set(Residual.rates)
    assert (table.groupby("network")["rate"].nunique() == 1).all()
    assert (table.groupby("network")["seed"].nunique() == 2).all()
