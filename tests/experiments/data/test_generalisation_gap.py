from dataclasses import replace

import pytest
import torch

from lecture.experiments.data import generalisation_gap
from lecture.experiments.data.generalisation_gap import GeneralisationGap

TINY = GeneralisationGap(seeds=3, examples=(20, 40, 400), widths=(8, 30), test=300, batch=20, steps=300, passes=5)


@pytest.fixture(scope="module")
def table():
    return TINY.run(torch.device("cpu"))


def test_each_network_meets_each_number_of_examples(table):
    assert table.groupby(["width", "examples"]).seed.apply(list).to_dict() == {
        (width, n): [0, 1, 2] for width in TINY.widths for n in TINY.examples
    }


def test_parameters_are_those_of_two_hidden_layers(table):
    for width, parameters in table[["width", "parameters"]].drop_duplicates().itertuples(index=False):
        assert parameters == 40 * width + width + width * width + width + 10 * width + 10


def test_a_network_learns_twenty_examples_by_heart_and_little_else(table):
    few = table[(table.width == 30) & (table.examples == 20)]
    assert (few.train_accuracy == 1).all()
    assert (few.test_accuracy < 0.5).all()


def test_seeds_draw_their_own_examples(table):
    assert table[table.examples == 40].groupby("width").train_loss.nunique().eq(3).all()


def test_each_is_learned_to_the_same_loss_or_stops_after_its_passes(table):
    learned = table[table.passes > 0]
    assert {20, 40} <= set(learned[learned.width == 30].examples)
    assert learned.train_loss.between(0.02, 0.15).all()
    strict = replace(TINY, widths=(8,), examples=(40, 400), bar=0.0, steps=10, passes=2).run(torch.device("cpu"))
    assert (strict.passes == -1).all()


def test_a_larger_set_contains_the_smaller_one_and_gets_its_passes(monkeypatch):
    met = []

    def minibatches(x, y, batch, steps, stream):
        met.append((x, steps))
        return iter(())

    monkeypatch.setattr(generalisation_gap, "minibatches", minibatches)
    replace(TINY, widths=(8,), passes=20).run(torch.device("cpu"))
    (small, few), (middle, some), (large, many) = met
    assert torch.equal(small, middle[:, :20])
    assert torch.equal(middle, large[:, :40])
    assert (few, some, many) == (300, 300, 20 * 400 // 20)
