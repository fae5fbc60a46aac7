import pytest
import torch
from torch import nn

from lecture import devices
from lecture.data.mnist1d import split
from lecture.experiments.gradient_vanishing.stall import Stall
from lecture.models.initialisers import xavier
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.batches import minibatches


def test_records_are_those_of_a_plain_loop_with_torch_optim():
    experiment = Stall(seeds=2, first_seed=5, depths=(2,), rates=(0.1, 0.5), steps=12, every=6, examples=120)
    table = experiment.run(devices.pick("cpu")).query("init == 'Xavier'").set_index(["rate", "seed", "step"])
    x, y, _, _ = split(120, 1000, seed=0)
    for seed, rate in ((5, 0.1), (6, 0.5)):
        one = Seeds((seed,), torch.device("cpu"))
        layers = mlp(one.stream("weights"), depth=2, width=32, activation=nn.Sigmoid, init=xavier)
        plain = nn.Sequential(nn.Linear(40, 32), nn.Sigmoid(), nn.Linear(32, 32), nn.Sigmoid(), nn.Linear(32, 10))
        for own, theirs in zip(plain[::2], layers[::2], strict=True):
            own.weight.data, own.bias.data = theirs.weight.data[0].T.clone(), theirs.bias.data[0, 0].clone()
        optimiser = torch.optim.SGD(plain.parameters(), rate, momentum=0.9)
        for step, (xs, ys) in enumerate(minibatches(x, y, 50, 13, one.stream("order"))):
            optimiser.zero_grad()
            nn.functional.cross_entropy(plain(xs[0]), ys[0]).backward()
            if step % 6 == 0:
                record = table.loc[(rate, seed, step)]
                loss = nn.functional.cross_entropy(plain(x), y).item()
                assert record["train_loss"] == pytest.approx(loss, rel=1e-5)
                assert record["first"] == pytest.approx(plain[0].weight.grad.norm().item(), rel=1e-4)
            optimiser.step()
