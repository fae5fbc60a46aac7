"""What a run will need, before it begins."""

import pytest
import torch
from tests.toys import Toy
from torch import nn

from lecture.data import cifar10, files, mnist
from lecture.experiments import foresight
from lecture.experiments.foresight import Foreseen, forecast, foreseen, steps_a_second, whereabouts
from lecture.experiments.gradient_vanishing.cifar_race import CifarRace
from lecture.experiments.history.cifar_cures import CifarCures
from lecture.experiments.plan import Job, Plan
from lecture.training.single import Recipe, Training, constant

CPU = torch.device("cpu")
RECIPE = Recipe(rate=0.1, steps=100, batch=64, schedule=constant)


def linear(seed):
    return nn.Sequential(nn.Flatten(), nn.Linear(3072, 10))


class Known:
    """Trains three networks of 100 steps, and asks each about 640 images."""

    held = 1000

    def trainings(self):
        yield Training("a", linear, RECIPE, 3, 640)


def test_time_is_steps_and_scoring_by_what_a_step_takes(monkeypatch):
    monkeypatch.setattr(foresight, "_step", lambda model, recipe, device: (2.0, 77))
    found = forecast(Known(), CPU)
    assert found.seconds == pytest.approx(3 * 2 * (100 + 640 / 64 / 3))
    assert found.bytes == 1077
    assert list(steps_a_second(Known(), CPU)) == [("a", 0.5)]


def test_memory_is_counted():
    weights = 4 * (3072 * 10 + 10)
    inputs = 4 * 64 * 3072  # all that a linear layer keeps
    assert forecast(Known(), CPU).bytes == 3 * weights + inputs + 1000


def test_a_timed_second_is_about_a_second():
    assert 0 < forecast(Known(), CPU).seconds < 100


def test_the_data_need_not_be_here(monkeypatch):
    monkeypatch.setattr(cifar10, "load", lambda part="train": 1 / 0)
    few = CifarCures(**CifarCures.few_steps)
    assert forecast(few, CPU).seconds > 0
    assert forecast(CifarRace(**CifarRace.few_steps), CPU).bytes > 2 * cifar10.BYTES


def test_alike_trainings_are_timed_once(monkeypatch):
    timed = []
    monkeypatch.setattr(foresight, "_step", lambda model, recipe, device: timed.append(1) or (1.0, 1))
    few = CifarCures(**CifarCures.few_steps | {"rates": (0.01, 0.03)})
    forecast(few, CPU)
    assert len(timed) < len(list(few.trainings())) / 2


def test_what_says_nothing_keeps_its_expectation(monkeypatch):
    monkeypatch.setattr(foresight, "_step", lambda model, recipe, device: (2.0, 77))
    plan = Plan((Job(Toy(), "", 5.0), Job(Known(), "", 5.0)), (), 0, 1, CPU)
    toy, known = foreseen(plan).jobs
    assert toy == plan.jobs[0]
    assert isinstance(known, Foreseen)
    assert known.expected > 600


def test_where_data_are(monkeypatch, tmp_path):
    monkeypatch.setattr(files, "downloads", lambda: tmp_path)
    monkeypatch.delenv("LECTURE_DATA", raising=False)
    assert whereabouts(mnist.load) == "mnist, here"
    assert whereabouts(cifar10.published) == f"cifar10, from {cifar10.SOURCE}"
    (tmp_path / f"{cifar10.ARCHIVE_FILE}.gz").write_bytes(b"")
    assert whereabouts(cifar10.published) == "cifar10, here"
