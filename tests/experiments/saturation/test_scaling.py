"""Classical methods and networks meet the same examples."""

import pytest
import torch

from lecture.experiments.saturation.decent_model import DecentModel
from lecture.experiments.saturation.scaling_classical import ScalingClassical
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.experiments.saturation.scaling_trees import ScalingTrees
from lecture.experiments.saturation.translation_heavy import TranslationHeavy

CPU = torch.device("cpu")


@pytest.mark.parametrize("preset", ["smoke", "book", "full"])
def test_all_draw_the_same_examples_at_every_preset(preset):
    classical, trees, deep = (e.preset(preset) for e in (ScalingClassical, ScalingTrees, ScalingDeep))
    assert classical.drawn == trees.drawn == max(deep.sizes)
    assert (classical.test, classical.seeds, classical.tested) == (trees.test, trees.seeds, trees.tested)
    assert (classical.test, classical.seeds) == (deep.test, deep.seeds)


def test_each_method_stops_at_its_largest_size():
    table = ScalingClassical.preset("smoke", most_svm=200).run(CPU)
    assert table.groupby("method")["n"].max().to_dict() == {"logistic": 400, "neighbours": 400, "SVM": 200}
    table = ScalingTrees.preset("smoke", most_boosting=100, seeds=1).run(CPU)
    assert table.groupby("method")["n"].max().to_dict() == {"forest": 400, "boosting": 100}
    assert table["error"].between(0, 1).all()


def test_networks_have_the_sizes_that_are_named():
    table = ScalingDeep.preset("smoke").run(CPU)
    assert list(table["method"].unique()) == ["CNN 16", "CNN 32"]
    assert len(table) == 2 * 2 * 4


def test_the_hard_strip_is_asked_of_every_method_at_every_size():
    table = TranslationHeavy.preset("smoke").run(CPU)
    assert (table.groupby(["method", "n"]).size() == 2).all()
    assert set(table["method"]) == {"logistic", "neighbours", "SVM", "CNN"}


def test_a_decent_model_is_timed_and_its_accuracy_is_its_own_seed_s():
    before = torch.random.get_rng_state()
    two = DecentModel.preset("smoke").run(CPU)
    assert torch.equal(torch.random.get_rng_state(), before)
    one = DecentModel.preset("smoke", seeds=1, first_seed=1).run(CPU)
    assert one["accuracy"].item() == two["accuracy"][1]
    assert (two["seconds"] > 0).all()
