"""A run that was killed, by an error or by the system, goes on where it was and gives the same record, bit for bit."""

import os
import signal
import subprocess
import sys

import pandas as pd
import pytest
import torch
from tests import photographs

from lecture.data import cifar10
from lecture.experiments.history.cifar_cures import CURES, CifarCures
from lecture.records import folder, state, store, unfinished
from lecture.training import checkpoint

CPU = torch.device("cpu")
SETTINGS = {**CifarCures.few_steps, "steps": 16, "look": 4}
CHOSEN = {name: CURES[name][-1:] for name in ("dropout + augmentation", "early stopping", "batch norm")}
"""What has random numbers of its own, what looks on the way, and what has statistics."""


@pytest.fixture(autouse=True)
def _small(cache, monkeypatch):
    monkeypatch.setattr(cifar10, "load", photographs.made_up)
    monkeypatch.setattr(CifarCures, "cures", CHOSEN)
    monkeypatch.setattr(checkpoint, "INTERVAL", 0.0)


@pytest.fixture
def experiment():
    return CifarCures(**SETTINGS)


def left(experiment):
    """Return the files of an unfinished run."""
    return sorted(store.path_of(experiment, CPU).with_suffix(folder.UNFINISHED).glob("*/*"))


class Killed(Exception):
    """Stands for whatever ends a run."""


def kill_at(monkeypatch, number):
    """Let the run be killed right after it has written so many files."""
    written, write = [], unfinished.Unfinished.write

    def counted(self, name, data):
        write(self, name, data)
        written.append(name)
        if len(written) == number:
            raise Killed

    monkeypatch.setattr(unfinished.Unfinished, "write", counted)


def interrupted(experiment, monkeypatch, number):
    with monkeypatch.context() as patch:
        kill_at(patch, number)
        with pytest.raises(Killed):
            store.compute(experiment, CPU)


@pytest.mark.parametrize("number", [1, 4, 12, 24, 42])
def test_killed_anywhere_and_resumed_it_gives_the_same_record(experiment, monkeypatch, number):
    whole = experiment.run(CPU)
    interrupted(experiment, monkeypatch, number)
    assert left(experiment)
    assert not state(experiment, CPU).fresh
    resumed = store.compute(experiment, CPU)
    pd.testing.assert_frame_equal(resumed.table, whole, check_exact=True)
    assert not left(experiment), "what was kept on the way is gone when the record is stored"


def test_what_was_done_is_not_done_again(experiment, monkeypatch):
    steps, step = [], torch.optim.SGD.step
    monkeypatch.setattr(torch.optim.SGD, "step", lambda self, *a, **k: steps.append(1) or step(self, *a, **k))
    experiment.run(CPU)
    whole = len(steps)
    steps.clear()
    interrupted(experiment, monkeypatch, 12)
    before = len(steps)
    assert 0 < before < whole
    store.compute(experiment, CPU)
    assert len(steps) <= whole + 2, "at most the last pass is done twice"


KILLED = """
import os, signal, torch
from lecture.data import cifar10
from lecture.experiments.history.cifar_cures import CifarCures
from lecture.records import store, unfinished
from lecture.training import checkpoint
from tests import photographs
from tests.training.test_checkpoint import CHOSEN, SETTINGS

cifar10.load, checkpoint.INTERVAL, CifarCures.cures = photographs.made_up, 0.0, CHOSEN
write, written = unfinished.Unfinished.write, []

def counted(self, name, data):
    write(self, name, data)
    written.append(name)
    if len(written) == 24:
        os.kill(os.getpid(), signal.SIGKILL)

unfinished.Unfinished.write = counted
store.compute(CifarCures(**SETTINGS), torch.device("cpu"))
"""


def test_killed_by_the_system_and_resumed_by_another_process(experiment):
    done = subprocess.run([sys.executable, "-c", KILLED], env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    assert done.returncode == -signal.SIGKILL
    assert left(experiment)
    resumed = store.compute(experiment, CPU)
    pd.testing.assert_frame_equal(resumed.table, experiment.run(CPU), check_exact=True)
    assert not left(experiment)


def test_a_damaged_checkpoint_is_taken_for_none(experiment, monkeypatch):
    interrupted(experiment, monkeypatch, 4)
    damaged = [path for path in left(experiment) if path.suffix == ".pt"]
    assert damaged
    for path in damaged:
        path.write_bytes(path.read_bytes()[:100])
    pd.testing.assert_frame_equal(store.compute(experiment, CPU).table, experiment.run(CPU), check_exact=True)


def test_other_code_does_not_go_on_from_there(experiment, monkeypatch):
    interrupted(experiment, monkeypatch, 4)
    before = left(experiment)
    key = store.key
    monkeypatch.setattr(store, "key", lambda experiment, device: key(experiment, device) | {"source": "other"})
    interrupted(experiment, monkeypatch, 1)
    assert not set(before) & set(left(experiment))


def test_the_seconds_of_all_attempts_count(experiment, monkeypatch):
    interrupted(experiment, monkeypatch, 4)
    (told,) = (path for path in left(experiment) if path.name == unfinished.SECONDS)
    told.write_text("1000.0")
    assert store.compute(experiment, CPU).provenance["seconds"] > 1000


def test_a_run_that_nobody_stores_keeps_nothing(experiment, cache):
    experiment.run(CPU)
    assert not list(cache.rglob("*")) if cache.exists() else True


def test_checkpoints_come_no_more_often_than_they_should(experiment, monkeypatch):
    monkeypatch.setattr(checkpoint, "INTERVAL", 1000.0)
    interrupted(experiment, monkeypatch, 2)
    assert [path.suffix for path in left(experiment)] == [".json", ".json", ""]
