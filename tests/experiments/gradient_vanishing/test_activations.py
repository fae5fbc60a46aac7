"""The comparison of activation functions, against a plain loop with torch.optim."""

import pytest
import torch
from torch import nn

from lecture import devices
from lecture.data.mnist1d import split
from lecture.experiments.gradient_vanishing.activations import RATES, Activations
from lecture.models.activations import ACTIVATIONS
from lecture.models.initialisers import INITIALISERS
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.batches import minibatches

TINY = Activations(seeds=2, first_seed=3, width=32, depths=(1, 2), rates=(0.05, 0.2), steps=8, examples=120, pilots=1)


@pytest.fixture(scope="module")
def table():
    return TINY.run(devices.pick("cpu"))


def test_every_function_and_start_meets_every_depth_at_one_of_the_rates(table):
    assert set(table["rate"]) <= {0.05, 0.2}
    runs = table.groupby(["activation", "init", "depth", "rate"])["seed"].apply(list)
    assert set(runs.reset_index()[["activation", "init"]].itertuples(index=False, name=None)) == set(RATES)
    assert len(runs) == len(RATES) * 2
    assert all(seeds == [3, 4] for seeds in runs)


@pytest.mark.parametrize(("activation", "init"), RATES)
def test_losses_are_those_of_a_plain_loop_with_torch_optim(table, activation, init):
    one = Seeds((4,), torch.device("cpu"))
    function, start = ACTIVATIONS[activation], INITIALISERS[init]
    ours = mlp(one.stream("weights"), depth=2, width=32, activation=function, init=start)
    plain = nn.Sequential(nn.Linear(40, 32), function(), nn.Linear(32, 32), function(), nn.Linear(32, 10))
    for own, theirs in zip(plain[::2], ours[::2], strict=True):
        own.weight.data, own.bias.data = theirs.weight.data[0].T.clone(), theirs.bias.data[0, 0].clone()
    x, y, x_test, y_test = split(120, 1000, seed=0)
    row = table.query(f"activation == {activation!r} and init == {init!r} and depth == 2 and seed == 4")
    optimiser = torch.optim.SGD(plain.parameters(), row["rate"].item(), momentum=0.9)
    falling = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, 8)
    for xs, ys in minibatches(x, y, 50, 8, one.stream("order")):
        optimiser.zero_grad()
        nn.functional.cross_entropy(plain(xs[0]), ys[0]).backward()
        optimiser.step()
        falling.step()
    assert row["train_loss"].item() == pytest.approx(nn.functional.cross_entropy(plain(x), y).item(), rel=1e-4)
    assert row["test_loss"].item() == pytest.approx(nn.functional.cross_entropy(plain(x_test), y_test).item(), rel=1e-4)


def test_pilot_seeds_choose_the_rate_and_never_one_that_diverges():
    one = Activations(seeds=1, width=16, depths=(1,), rates=(1e-6, 0.1, 1e6), steps=40, examples=120, pilots=2)
    assert set(one.run(devices.pick("cpu"))["rate"]) == {0.1}
