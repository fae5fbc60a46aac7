"""Digits from few to all: the few steps, on a tiny MNIST in the published format."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
import torch
from tests import handwriting
from tests.training.test_checkpoint import interrupted, left

from lecture.data import files, whole_mnist
from lecture.experiments import foresight
from lecture.experiments.experiment import PRESETS
from lecture.experiments.foresight import forecast, whereabouts
from lecture.experiments.when_to_use.distorted_digits import DistortedDigits
from lecture.experiments.when_to_use.mnist_digits import METHODS, MnistDigits
from lecture.records import store
from lecture.training import checkpoint
from lecture.training.single import generator, one_pass

CPU = torch.device("cpu")
FEW = MnistDigits(**MnistDigits.few_steps)


@pytest.fixture(autouse=True)
def _tiny(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "downloads", lambda: tmp_path / "downloads")
    monkeypatch.setenv("LECTURE_DATA", str(tmp_path))
    handwriting.files(tmp_path, monkeypatch)
    whole_mnist.load.cache_clear()
    yield
    whole_mnist.load.cache_clear()


@cache
def table():
    return FEW.run(CPU)


def test_it_is_there_at_full_alone():
    assert [preset for preset in PRESETS if preset in MnistDigits.offered] == ["full"]


def test_a_row_for_each_method_size_and_seed():
    found = table()
    assert found.groupby(["method", "n"])["seed"].apply(list).to_dict() == {
        (method, n): [0, 1] for method in METHODS for n in FEW.sizes
    }
    assert found["error"].between(0, 1).all()
    assert found.groupby(["method", "n"])["rate"].nunique().eq(1).all()


def test_one_seed_alone_gives_what_it_gives_among_others():
    alone = MnistDigits(**MnistDigits.few_steps | {"seeds": 1, "first_seed": 1}).run(CPU)
    pd.testing.assert_frame_equal(alone, table().query("seed == 1").reset_index(drop=True), check_exact=True)


def test_it_learns_the_places_of_the_strokes():
    taught = MnistDigits(**MnistDigits.few_steps | {"sizes": (60,), "least_steps": 200, "rates": (0.03,), "reach": 0.2})
    found = taught.run(CPU)
    assert found.query("method == 'network'")["error"].mean() < 0.3


def test_what_is_told_of_the_trainings_is_what_is_trained(monkeypatch):
    steps, step = [], torch.optim.SGD.step
    monkeypatch.setattr(torch.optim.SGD, "step", lambda self, *a, **k: steps.append(1) or step(self, *a, **k))
    FEW.run(CPU)
    assert len(steps) == sum(training.times * training.recipe.steps for training in FEW.trainings())


def test_digits_are_as_published_and_paper_is_nothing():
    train, test = FEW.data(CPU)
    x, y = handwriting.digits("t10k")
    np.testing.assert_array_equal((test.x[:, 0] * 255).round().numpy(), x)
    assert test.y.tolist() == y.tolist()
    assert train.x.min() == 0


def test_digits_are_distorted_as_in_the_book_and_anew_each_time():
    train, _ = FEW.data(CPU)
    (plain, moving) = ({t.recipe.augment for t in FEW.trainings() if t.name.startswith(name)} for name in
                       ("network, 10 ", "network, distortions, 10 "))  # fmt: skip
    assert plain == {None}
    assert moving == {FEW.distorted}
    recipe = next(t.recipe for t in FEW.trainings() if t.recipe.augment)
    order = generator(0, "batches")
    first, second = (torch.cat([x for x, _ in one_pass(train, recipe, 99, order)]) for _ in range(2))
    assert first.shape == second.shape == train.x.shape
    assert not torch.equal(first, train.x)
    assert (FEW.turn, FEW.stretch, FEW.reach) == (DistortedDigits.turn, DistortedDigits.stretch, DistortedDigits.reach)
    still = MnistDigits(turn=0.0, stretch=0.0, reach=0.0)
    torch.testing.assert_close(still.distorted(train.x, order), train.x, atol=1e-5, rtol=0)


def test_killed_while_it_distorts_it_goes_on_to_the_same_numbers(cache, monkeypatch):
    monkeypatch.setattr(checkpoint, "INTERVAL", 0.0)
    settings = MnistDigits(**MnistDigits.few_steps | {"sizes": (10,), "rates": (0.03,), "least_steps": 60})
    whole = settings.run(CPU)
    interrupted(settings, monkeypatch, 27)
    done = [file.suffix for file in left(settings)]
    assert done.count(".json") == settings.seeds, "all plain trainings are done"
    assert done.count(".pt") == 1, "one with distortions is under way"
    pd.testing.assert_frame_equal(store.compute(settings, CPU).table, whole, check_exact=True)


def test_steps_grow_with_the_digits():
    assert MnistDigits().all_steps[0] == 10_000
    assert MnistDigits().all_steps[-1] * MnistDigits().batch / 60_000 == pytest.approx(125, abs=1)


def test_before_it_runs_time_memory_and_the_home_of_the_data_are_known(monkeypatch, tmp_path):
    monkeypatch.setattr(whole_mnist, "load", lambda part="train": 1 / 0)
    shown = []
    monkeypatch.setattr(
        foresight, "_step", lambda model, training, device: shown.append((training.colours, training.side)) or (1.0, 1)
    )
    assert forecast(FEW, CPU).bytes == 2 * whole_mnist.BYTES + 1
    assert shown == [(1, 28)] * 2, "plain and distorted steps are timed, each once"
    monkeypatch.undo()
    assert forecast(FEW, CPU).seconds > 0
    monkeypatch.setattr(files, "downloads", lambda: tmp_path / "nothing")
    monkeypatch.delenv("LECTURE_DATA", raising=False)
    assert whereabouts(whole_mnist.published) == f"whole_mnist, from {whole_mnist.SOURCE}"
