"""The schedule computes what is missing, longest first, and one failure harms nobody else."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import joblib
import pytest
import torch
from joblib.parallel import ThreadingBackend
from tests.toys import Broken, Full, Greedy, Other, Patient, Timing, TooOld, Toy, Untidy

from lecture.errors import LectureError, Stopped
from lecture.experiments import schedule
from lecture.experiments.plan import Outcome, Plan, Summary, duration, lines
from lecture.records import Status, folder, state
from lecture.records.hopeless import Hopeless

CPU = torch.device("cpu")


@pytest.fixture
def journal(cache, tmp_path):
    return tmp_path / "journal"


def names(journal):
    return [line.split()[0] for line in journal.read_text().splitlines()]


def test_only_what_is_missing_is_computed(journal):
    toy, other = Toy(journal=str(journal)), Other(journal=str(journal))
    schedule.run_missing([toy], jobs=1)
    summary = schedule.run_missing([toy, other, other], jobs=1)
    assert names(journal) == ["toys.toy", "toys.other"]
    assert list(summary.ran) == ["toys.other"]
    assert summary.plan.fresh == 1
    assert schedule.run_missing([toy, other], jobs=1).ran == {}
    assert set(schedule.run_missing([toy, other], jobs=1, again=True).ran) == {"toys.other", "toys.toy"}


def test_the_longest_goes_first_and_what_measures_time_goes_last_and_alone(journal):
    chosen = [Toy(journal=str(journal)), Timing(journal=str(journal)), Other(journal=str(journal))]
    schedule.run_missing(chosen, jobs=1)
    assert names(journal) == ["toys.other", "toys.toy", "toys.timing"]
    threads = [int(line.split()[-1]) for line in journal.read_text().splitlines()]
    assert threads == [1, 1, os.cpu_count()]


def test_what_it_took_last_time_counts_more_than_an_estimate(journal, monkeypatch):
    toy, other = Toy(journal=str(journal)), Other(journal=str(journal))
    schedule.run_missing([other], jobs=1)
    plans = []
    schedule.run_missing(
        [other, toy], jobs=1, again=True, watch=lambda e: plans.append(e) if isinstance(e, Plan) else 0
    )
    assert [job.experiment for job in plans[0].jobs] == [toy, other]
    assert plans[0].jobs[1].expected < 1 < Other.core_seconds


def test_a_failure_leaves_the_others_alone_and_is_named(journal):
    toy = Toy(journal=str(journal))
    with pytest.raises(LectureError) as told:
        schedule.run_missing([Broken(), Untidy(), toy], jobs=1)
    assert "toys.broken failed: ZeroDivisionError: nothing to divide by" in str(told.value)
    assert "toys.untidy failed: ValueError: toys.untidy: the table has an index" in str(told.value)
    assert "\n" not in str(told.value)
    assert state(toy).fresh
    assert state(Broken()).status is Status.MISSING


def test_what_stops_many_is_told_once(cache):
    with pytest.raises(LectureError) as told:
        schedule.run_missing([Broken(first_seed=n) for n in range(5)], jobs=1)
    assert str(told.value) == (
        "toys.broken, toys.broken, toys.broken and 2 more failed: ZeroDivisionError: nothing to divide by"
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_nothing_else_would_escape_stops_the_rest(journal, jobs):
    """A disk that fills up: what was finished is kept, what is left is not computed in vain."""
    other, full = Other(journal=str(journal)), Full(journal=str(journal))
    later = [Patient(journal=str(journal), first_seed=n) for n in range(20)]
    with pytest.raises(LectureError) as told:
        schedule.run_missing([other, full, *later], jobs=jobs)
    kept = sum(state(toy).fresh for toy in [other, *later])
    assert str(told.value) == f"the cache folder is full: free some space there ({kept} of 22 finished and kept)"
    assert kept < len(later)
    assert jobs == 2 or names(journal) == ["toys.other", "toys.full"]


def test_nothing_is_begun_where_nothing_can_be_stored(journal, monkeypatch):
    def full():
        raise Hopeless("the cache folder is full")

    monkeypatch.setattr(folder, "require_room", full)
    with pytest.raises(Hopeless, match=r"^the cache folder is full$"):
        schedule.run_missing([Toy(journal=str(journal))], jobs=1, watch=lambda event: pytest.fail("no plan is told"))
    assert not journal.exists()


def test_a_gpu_that_torch_was_not_built_for_is_told_with_the_way_out(journal):
    with pytest.raises(LectureError) as told:
        schedule.run_missing([TooOld(), Toy(journal=str(journal))], jobs=1)
    assert str(told.value).startswith("this build of torch has nothing for the GPU ")
    assert "use --device cpu (or LECTURE_DEVICE=cpu), or see the README" in str(told.value)
    assert "\n" not in str(told.value)
    assert not journal.exists(), "every other one would fail alike"


def test_two_workers_share_the_work_on_a_thread_each(journal):
    events = []
    chosen = [Toy(journal=str(journal), first_seed=n) for n in range(5)]
    with pytest.raises(LectureError, match=r"toys\.broken failed: ZeroDivisionError"):
        schedule.run_missing([*chosen, Broken(), Timing(journal=str(journal))], jobs=2, watch=events.append)
    assert all(state(toy).fresh for toy in chosen)
    records = [line.split() for line in journal.read_text().splitlines()]
    assert [threads for name, _, threads in records if name == "toys.toy"] == ["1"] * 5
    assert str(os.getpid()) not in {worker for name, worker, _ in records if name == "toys.toy"}
    assert isinstance(events[0], Plan)
    assert len(events) == 1 + 7
    assert events[-1].name == "toys.timing"


def test_a_worker_that_grows_is_replaced_without_a_word(journal):
    chosen = [Greedy(journal=str(journal), first_seed=n) for n in range(9)]
    schedule.run_missing(chosen, jobs=2)
    assert all(state(greedy).fresh for greedy in chosen)
    assert len({line.split()[1] for line in journal.read_text().splitlines()}) > 2


def test_another_backend_of_joblib_takes_over(journal):
    submitted = []

    class Cluster(ThreadingBackend):
        def effective_n_jobs(self, n_jobs):
            return 3

        def submit(self, func, callback=None):
            submitted.append(func)
            return super().submit(func, callback)

    joblib.register_parallel_backend("cluster", Cluster)
    with joblib.parallel_config("cluster"):
        summary = schedule.run_missing([Toy(journal=str(journal), first_seed=n) for n in range(4)])
    assert len(submitted) == 4
    assert summary.plan.workers == 3


def test_the_plan_says_how_long_it_will_take():
    jobs = tuple(schedule.Job(Toy(first_seed=n), "", seconds) for n, seconds in enumerate([8.0, 2.0, 2.0]))
    assert Plan(jobs, (), 0, 2, CPU).expected == 8.0
    assert Plan(jobs[1:], jobs[:1], 0, 2, CPU).expected == 2.0 + 8.0
    assert Plan((), (), 3, 1, CPU).expected == 0.0


def test_progress_in_plain_lines():
    said = []
    watch = lines(said.append)
    watch(Plan((schedule.Job(Toy(), "stale: source changed: x", 90.0),), (), 3, 1, CPU))
    watch(Outcome("toys.toy", 12.34))
    assert said == [
        "1 experiment to compute on cpu, about 90.0 s",
        "  toys.toy: stale: source changed: x",
        "  toys.toy: computed in 12.3 s (1 of 1)",
    ]


def test_the_summary_is_one_line():
    assert str(Summary(Plan((), (), 14, 1, CPU), {}, 0.1)) == "all 14 records up to date"
    told = str(Summary(Plan((), (), 3, 2, CPU), {"a": 1.0, "b": 2.0}, 130.0, 0.934))
    assert told == "2 experiments computed on cpu in 2 min, 2 at a time, cores busy 93%, 3 up to date"


def test_durations_read_well():
    assert [duration(x) for x in (0.04, 12.34, 99.9, 600)] == ["0.0 s", "12.3 s", "99.9 s", "10 min"]


def test_ctrl_c_in_one_process_keeps_what_was_finished(journal, monkeypatch):
    def interrupted(self, device):
        raise KeyboardInterrupt

    monkeypatch.setattr(Broken, "run", interrupted)
    with pytest.raises(Stopped, match="stopped: 1 of 3 finished and kept"):
        schedule.run_missing([Other(journal=str(journal)), Broken(), Toy(journal=str(journal))], jobs=1)
    assert state(Other(journal=str(journal))).fresh
    assert state(Toy(journal=str(journal))).status is Status.MISSING


INTERRUPTED = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal, wherever the tests run
from lecture.experiments import schedule
from lecture.errors import Stopped
from tests.toys import Toy, Other, Slow
journal = {journal!r}
try:
    waiting = [Slow(journal=journal, first_seed=n) for n in range(6)]
    schedule.run_missing([Other(journal=journal), *waiting], jobs=2)
except Stopped as stopped:
    print(stopped)
    sys.exit(130)
"""


@pytest.fixture
def interruptible(journal):
    """A schedule in a process group of its own, with one experiment finished and others running."""
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED.format(journal=str(journal))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    end = time.monotonic() + 90
    while not (journal.exists() and "toys.slow" in journal.read_text() and state(Other(journal=str(journal))).fresh):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.05)
    yield process
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("kill", [False, True], ids=["ctrl-c", "kill -9"])
def test_whoever_stops_it_keeps_what_was_finished_and_is_rid_of_the_workers(journal, interruptible, kill):
    process = interruptible
    if kill:
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    out, err = process.communicate(timeout=60)
    if not kill:
        assert process.returncode == 130
        assert out == "stopped: 1 of 7 finished and kept, run again to go on from there\n"
        assert err == ""
    assert state(Other(journal=str(journal))).fresh
    workers = {int(line.split()[1]) for line in journal.read_text().splitlines()}
    end = time.monotonic() + 30
    while any(alive(worker) for worker in workers):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_worker_whose_parent_is_gone_before_it_begins_ends_at_once():
    code = "import time; from lecture.experiments import schedule; schedule._end_with(2**30); time.sleep(100)"
    assert subprocess.run([sys.executable, "-c", code], timeout=90, check=False).returncode == 1
