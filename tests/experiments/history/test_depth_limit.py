"""The depth experiments of C03: how rates are chosen, what each kind changes, and that a seed keeps its numbers."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from lecture.experiments.experiment import PILOT
from lecture.experiments.history.depth_limit import DepthLimit, DepthPatience, DepthSize, DepthTools
from lecture.experiments.history.plain_networks import KINDS, WITH_MOMENTUM, DepthExperiment
from lecture.experiments.registry import experiments
from lecture.training.optimisers import SGD

CPU = torch.device("cpu")
TINY = DepthLimit(seeds=3, seeds_beside=2, layers=(2, 8), width=8, examples=60, pool=60, test=50, batch=20, steps=6)


@pytest.fixture(scope="module")
def table():
    return TINY.run(CPU)


def test_the_sweep_has_all_seeds_and_what_stands_beside_it_some(table):
    runs = table.groupby(["kind", "layers"]).seed.apply(list)
    assert runs.to_dict() == {
        ("few", 2): [0, 1],
        ("now", 8): [0, 1],
        ("plain", 2): [0, 1, 2],
        ("plain", 8): [0, 1, 2],
    }


def test_the_shared_class_is_no_experiment_of_its_own():
    assert DepthExperiment not in experiments().values()


@pytest.mark.parametrize("experiment", [DepthLimit, DepthPatience, DepthSize, DepthTools])
def test_every_kind_has_a_rate_from_those_offered_for_every_depth(experiment):
    settings = experiment()
    for kind in settings.kinds:
        assert set(KINDS[kind].rates) == set(settings.layers)
    assert all(rate in kind.offered for kind in KINDS.values() for rate in kind.rates.values())


def test_kinds_change_what_they_are_called_after():
    plain = KINDS["plain"]
    parts = ("activation", "init", "optimiser", "width", "examples")
    changed = {name: {p for p in parts if getattr(kind, p) != getattr(plain, p)} for name, kind in KINDS.items()}
    assert changed == {
        "plain": set(), "patience": set(), "few": {"examples"}, "scarce": {"examples"}, "plenty": {"examples"},
        "narrow": {"width"}, "wide": {"width"}, "momentum": {"optimiser"}, "Adam": {"optimiser"},
        "tanh": {"activation", "init"}, "now": {"activation", "init", "optimiser"},
    }  # fmt: skip


def test_a_kind_trains_as_many_examples_and_units_as_it_says():
    sizes = DepthSize(seeds=1, layers=(2,), pool=500, test=20, steps=1).run(CPU).set_index("kind")
    assert sizes.examples.to_dict() == {"narrow": 500, "wide": 500, "scarce": 400, "plenty": 500}  # the pool is small
    assert sizes.width.to_dict() == {"narrow": 10, "wide": 100, "scarce": 50, "plenty": 50}


def test_the_pilot_takes_the_rate_with_the_lowest_training_loss():
    settings = replace(TINY, pilots=2, steps=30)
    data = settings.data(CPU)
    losses = {}
    for rate in KINDS["plain"].offered:
        runs = settings._scores("plain", 2, data, settings.grid(CPU, range(PILOT, PILOT + 2), rate=(rate,)))
        losses[rate] = runs.train_loss.mean()
    assert settings.pilot("plain", 2, data) == min(losses, key=losses.get)
    assert set(settings.trained("plain", 2, data).rate) == {min(losses, key=losses.get)}


def test_momentum_keeps_nine_tenths_of_the_last_step():
    model = nn.Linear(3, 1, bias=False)
    weight, velocity = model.weight.detach().clone(), torch.zeros(1, 3)
    optimiser = WITH_MOMENTUM(model, torch.tensor([0.1]))
    assert isinstance(optimiser, SGD)
    for _ in range(5):
        model.weight.square().sum().backward()  # its gradient is twice the weight
        optimiser.step()
        velocity = 0.9 * velocity + 2 * weight
        weight = weight - 0.1 * velocity
    torch.testing.assert_close(model.weight.detach(), weight)


def test_too_many_steps_on_few_examples_overfit():
    table = replace(TINY, layers=(2,), steps=400, width=50)
    few = table.trained("few", 2, table.data(CPU))
    assert (few.train_accuracy == 1).all()
    assert (few.test_accuracy < 0.5).all()
