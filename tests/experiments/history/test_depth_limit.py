"""The depth experiment of C03: what each recipe changes, when it is looked at, and that it overfits where it must."""

import pytest
import torch
from torch import nn

from lecture.experiments.history.depth_limit import RECIPES, WITH_MOMENTUM, DepthLimit
from lecture.training.optimisers import SGD

CPU = torch.device("cpu")
TINY = DepthLimit(seeds=2, layers=(2, 8), width=8, examples=60, test=50, batch=20, passes=(1, 4))


@pytest.fixture(scope="module")
def table():
    return TINY.run(CPU)


def test_every_recipe_and_depth_is_looked_at_after_each_number_of_passes(table):
    runs = table.groupby(["recipe", "layers", "passes"])["seed"].apply(list)
    assert len(runs) == len(RECIPES) * 2 * 2
    assert all(seeds == [0, 1] for seeds in runs)


def test_what_is_seen_early_does_not_depend_on_how_long_it_goes_on(table):
    short = DepthLimit(seeds=2, layers=(2,), width=8, examples=60, test=50, batch=20, passes=(1,)).run(CPU)
    early = table[(table["layers"] == 2) & (table["passes"] == 1)]
    columns = ["recipe", "seed", "train_loss", "test_accuracy"]
    assert short[columns].reset_index(drop=True).equals(early[columns].reset_index(drop=True))


def test_every_recipe_has_a_rate_for_every_depth():
    assert all(set(recipe.rates) == set(DepthLimit().layers) for recipe in RECIPES.values())


def test_recipes_change_what_they_are_called_after():
    custom = RECIPES["custom"]
    parts = ("activation", "init", "optimiser")
    changed = {n: {p for p in parts if getattr(recipe, p) != getattr(custom, p)} for n, recipe in RECIPES.items()}
    assert changed == {
        "custom": set(), "momentum": {"optimiser"}, "Adam": {"optimiser"}, "1998": {"activation", "init", "optimiser"}
    }  # fmt: skip


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


def test_many_passes_over_few_examples_overfit():
    table = DepthLimit(seeds=2, recipes=("custom",), layers=(2,), examples=60, test=500, batch=20, passes=(200,)).run(
        CPU
    )
    assert (table["train_accuracy"] == 1).all()
    assert (table["test_accuracy"] < 0.5).all()
