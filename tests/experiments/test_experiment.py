"""What every experiment inherits: its name, its grid of replicas, its size in words, its digest of data."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import ClassVar

import pytest
import torch

from lecture.experiments.experiment import Experiment
from lecture.experiments.naming import name_of
from lecture.experiments.registry import experiments, find
from lecture.experiments.sizes import told

CPU = torch.device("cpu")


@dataclass(frozen=True, kw_only=True)
class TwoThings(Experiment):
    depths: tuple[int, ...] = (1, 2, 4, 8, 16, 32)
    steps: int = 2000
    size: ClassVar[str] = "{depths} layers, {steps} steps = {passes} passes"
    sources: ClassVar = (lambda: SimpleNamespace(digest=lambda: "one"), lambda: SimpleNamespace(digest=lambda: "two"))

    @property
    def passes(self) -> float:
        return self.steps / 80

    def run(self, device):
        raise NotImplementedError


@pytest.mark.parametrize(
    ("module", "cls", "name"),
    [
        ("lecture.experiments.gradient_vanishing.recall", "RecallLSTM", "gradient_vanishing.recall_lstm"),
        ("lecture.experiments.outlook.recall_rnn_longer", "RecallRNNLonger", "outlook.recall_rnn_longer"),
        ("lecture.experiments.history.stages", "Stages", "history.stages"),
        ("mine", "TwoThings", "mine.two_things"),
    ],
)
def test_the_name_is_the_chapter_and_the_class(module, cls, name):
    assert name_of(module, cls) == name


@pytest.mark.parametrize("name", experiments())
def test_every_experiment_is_found_by_its_name_and_says_its_size(name):
    assert find(name) is experiments()[name]
    assert find(name).name() == name
    for preset in find(name).offered:
        line = find(name).preset(preset).size_line()
        assert "{" not in line
        assert find(name).deterministic or "seed" in line


def test_a_grid_has_a_replica_for_each_combination_and_seed():
    grid = TwoThings(seeds=2, first_seed=5).grid(CPU, network=("a", "b"), rate=(0.1, 0.3))
    assert list(grid.settings) == ["network", "rate", "seed"]
    assert grid.settings.iloc[2].tolist() == ["a", 0.3, 5]
    assert grid.seeds.values == (5, 6) * 4
    assert torch.equal(grid.column("rate"), torch.tensor([0.1, 0.1, 0.3, 0.3] * 2))
    assert TwoThings().grid(CPU, range(10_000, 10_003)).seeds.values == (10_000, 10_001, 10_002)


def test_data_that_each_seed_draws_is_stacked():
    seeds = TwoThings(seeds=3).seeds_on(CPU)
    x, y = seeds.stack(lambda seed: (torch.full((2, 4), float(seed)), torch.tensor([seed])))
    assert x.shape == (3, 2, 4)
    assert y.tolist() == [[0], [1], [2]]


def test_the_size_is_told_from_the_settings():
    assert TwoThings().size_line() == "1 to 32 layers, 2,000 steps = 25 passes, 10 seeds"
    assert TwoThings(seeds=1, depths=(8,), steps=20).size_line() == "8 layers, 20 steps = 0.25 passes, 1 seed"
    assert "size" not in TwoThings().settings()


def test_numbers_are_told_as_a_reader_would():
    assert [told(value) for value in (1234567, 0.05, 1.2e9, (0.01, 0.1), (3, 1, 2, 5, 4), (8,), "HOG")] == [
        "1,234,567", "0.05", "1.2 billion", "0.01 and 0.1", "3, 1, 2, 5 and 4", "8", "HOG",
    ]  # fmt: skip


def test_the_digest_of_data_is_that_of_all_sources():
    assert TwoThings().data_digest() == "one two"
