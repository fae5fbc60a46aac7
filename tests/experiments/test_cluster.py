"""Experiments on the machines of a cluster: a scheduler and workers as processes, one of which is killed."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
from tests.toys import Broken, Slow, Toy

from lecture.errors import LectureError
from lecture.experiments import cluster, schedule
from lecture.records import folder, read, store

pytest.importorskip("distributed")
CPU = torch.device("cpu")
ROOT = Path(__file__).parents[2]


@contextmanager
def started(*arguments, home):
    """Start one of Dask's programs with a store of its own, which has nothing in it."""
    changed = {"PYTHONPATH": str(ROOT), "LECTURE_CACHE": str(home / "theirs"), "TOY_SECONDS": "0.5"}
    environment = os.environ | changed
    log = home / f"{arguments[0]}-{time.monotonic_ns()}.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]], cwd=home, env=environment,
            stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    process.log = log
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def worker(address, home):
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(home))
    return started("worker", address, *options, home=home)


@pytest.fixture
def scheduler(tmp_path):
    with started("scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard", home=tmp_path) as process:
        for _ in range(600):
            if found := re.search(r"tcp://127\.0\.0\.1:\d+", process.log.read_text()):
                break
            time.sleep(0.1)
        yield found[0]


def test_a_lost_worker_s_work_is_repeated_and_all_records_are_as_if_computed_here(
    scheduler, tmp_path, cache, monkeypatch
):
    monkeypatch.setenv("TOY_SECONDS", "0")
    wanted = [Slow(first_seed=n) for n in range(6)]
    with worker(scheduler, tmp_path) as first, worker(scheduler, tmp_path):
        killed = False

        def watch(event):
            nonlocal killed
            if not killed and not isinstance(event, schedule.Plan):
                os.kill(first.pid, signal.SIGKILL)
                killed = True

        done = schedule.run_missing(wanted, CPU, watch=watch, scheduler=scheduler)
    assert killed
    assert len(done.plan) == 6
    assert not (tmp_path / "theirs").exists() or not list((tmp_path / "theirs").rglob("*.parquet"))
    theirs = [store.path_of(experiment, CPU).read_bytes() for experiment in wanted]
    folder.remove(folder.records())
    for experiment, data in zip(wanted, theirs, strict=True):
        assert read(experiment, CPU).equals(store.decode(data).table)


def test_an_experiment_that_fails_there_leaves_the_others_alone(scheduler, tmp_path, cache):
    with worker(scheduler, tmp_path), pytest.raises(LectureError, match=r"toys\.broken failed: "):
        schedule.run_missing([Broken(), Toy()], CPU, scheduler=scheduler)
    assert store.state(Toy(), CPU).fresh


def test_what_another_code_computed_is_not_kept(cache, monkeypatch):
    data = store.computed(Toy(), CPU)
    monkeypatch.setattr(store, "difference", lambda stored, wanted: "source changed: lecture.seeds")
    with pytest.raises(LectureError, match="computed by a machine that differs: source changed"):
        store.keep(Toy(), CPU, data)


def test_without_dask_the_way_out_is_told(monkeypatch, cache):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(LectureError, match=r"pip install -e '\.\[cluster\]'"):
        list(cluster.elsewhere(schedule.planned([Toy()], CPU, 1), "tcp://127.0.0.1:1"))
