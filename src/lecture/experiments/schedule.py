"""Compute what is missing: longest first, all cores busy, one experiment's failure leaving the others alone.

The executor is joblib; :mod:`lecture.experiments.cluster` takes the same experiments to other machines. Each experiment
runs on one thread: experiments side by side use the cores better than threads inside one, and one thread gives the same
numbers everywhere.
"""

import os
import signal
import threading
import time
import traceback
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import joblib
import torch
from joblib.externals.loky import get_reusable_executor
from joblib.externals.loky.process_executor import BrokenProcessPool

import lecture
from lecture import devices
from lecture.errors import LectureError, Stopped
from lecture.experiments import registry
from lecture.experiments.experiment import Experiment
from lecture.experiments.plan import Job, Outcome, Plan, Report, Summary, Watch, lines
from lecture.records import Status, folder, store
from lecture.records.hopeless import Hopeless


def ensure(report: Report | None = None) -> Summary:
    """Compute whatever of the preset in force has no fresh record; each line of progress goes to ``report``.

    Raises:
        LectureError: See :func:`run_missing`.
    """
    wanted = [experiment.preset() for experiment in registry.offered()]
    return run_missing(wanted, watch=lines(report) if report else None)


def run_missing(
    experiments: Sequence[Experiment],
    device: torch.device | None = None,
    jobs: int | None = None,
    watch: Watch | None = None,
    again: bool = False,
    scheduler: str | None = None,
) -> Summary:
    """Compute and store the experiments that have no fresh record, or all ``again``; a repeated one counts once.

    On the CPU they run so many ``jobs`` at a time, on a GPU one after another in this process; with the address of a
    ``scheduler``, on the machines of its Dask cluster. The watch gets the plan first, then each outcome as it comes.

    Raises:
        LectureError: Some failed (the others are computed and stored nevertheless), a worker died, or there is no
            cluster at that address.
        Hopeless: Nothing can be stored, or computed on this device; then nothing is begun, or the rest is left.
        Stopped: Ctrl-C.
    """
    start = time.perf_counter()
    device = device or devices.pick()
    plan = planned(experiments, device, jobs, again)
    if len(plan):
        folder.require_room()
    watch = watch or (lambda event: None)
    watch(plan)
    outcomes: list[Outcome] = []
    busy = None
    try:
        if scheduler:
            from lecture.experiments import cluster  # here, not above: Dask is an extra

            work = cluster.elsewhere(plan, scheduler)
        else:
            work = _side_by_side(plan, again)
        for outcome in work:
            outcomes.append(outcome)
            watch(outcome)
        if plan.workers > 1 and not scheduler:
            cpu = {outcome.worker: outcome.cpu for outcome in sorted(outcomes, key=lambda o: o.cpu)}
            busy = sum(cpu.values()) / (plan.workers * (time.perf_counter() - start))
        for job in plan.alone:
            outcomes.append(_work(job.experiment, device, again))
            watch(outcomes[-1])
    except KeyboardInterrupt:
        raise Stopped(
            f"stopped: {_kept(plan)} of {len(plan)} finished and kept, run again to go on from there"
        ) from None
    except Hopeless as error:
        raise Hopeless(f"{error} ({_kept(plan)} of {len(plan)} finished and kept)") from error
    except BrokenProcessPool as error:
        raise LectureError("a worker process was killed (too little memory?): run with fewer --jobs") from error
    if failures := _failures(outcomes):
        raise LectureError(failures)
    ran = {outcome.name: outcome.seconds for outcome in outcomes}
    return Summary(plan, ran, time.perf_counter() - start, busy)


def _kept(plan: Plan) -> int:
    return sum(store.state(job.experiment, plan.device).fresh for job in (*plan.jobs, *plan.alone))


def _failures(outcomes: Sequence[Outcome]) -> str:
    """Return in one line what failed; what stops twenty experiments is told once."""
    names: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.error:
            names.setdefault(outcome.error, []).append(outcome.name)
    several = {error: f" and {len(failed) - 3} more" if len(failed) > 3 else "" for error, failed in names.items()}
    return "; ".join(f"{', '.join(failed[:3])}{several[error]} failed: {error}" for error, failed in names.items())


def share(experiments: Sequence[Experiment], number: int, of: int) -> list[Experiment]:
    """Return the experiments of one of several machines that share nothing: the dearest first, each to the least busy.

    All machines come to the same division, since it depends on the experiments' own estimates alone.

    Args:
        experiments: All of them.
        number: Which machine, from 1.
        of: How many there are.
    """
    busy = [0.0] * of
    mine = []
    for experiment in sorted(experiments, key=lambda e: (-e.core_seconds, e.name())):
        least = busy.index(min(busy))
        busy[least] += experiment.core_seconds
        if least == number - 1:
            mine.append(experiment)
    return mine


def planned(experiments: Iterable[Experiment], device: torch.device, jobs: int | None, again: bool = False) -> Plan:
    """Return what would be computed, and in which order; a repeated experiment counts once."""
    missing, wanted = [], dict.fromkeys(experiments)
    for experiment in wanted:
        state = store.state(experiment, device)
        if again or not state.fresh:
            took = state.record.provenance["seconds"] if state.record else None
            guess = 1.0 if experiment.preset_name() == "smoke" else experiment.core_seconds
            reason = "" if state.status in (Status.MISSING, Status.FRESH) else f"{state.status}: {state.reason}"
            missing.append(Job(experiment, reason, guess if took is None else took))
    missing.sort(key=lambda job: -job.expected)
    together = tuple(job for job in missing if not job.experiment.exclusive)
    alone = tuple(job for job in missing if job.experiment.exclusive)
    offered = 1 if device.type != "cpu" else jobs or joblib.effective_n_jobs(-1)
    return Plan(together, alone, len(wanted) - len(missing), min(offered, len(together)) or 1, device)


def _side_by_side(plan: Plan, again: bool) -> Iterator[Outcome]:
    if plan.workers == 1:
        yield from (_work(job.experiment, plan.device, again) for job in plan.jobs)
        return
    parallel = joblib.Parallel(
        n_jobs=plan.workers,
        return_as="generator_unordered",
        batch_size=1,
        pre_dispatch="n_jobs",
        initializer=_end_with,
        initargs=(os.getpid(),),
    )
    work = joblib.delayed(_work)
    try:
        with _deaf():
            outcomes = parallel(work(job.experiment, plan.device, again) for job in plan.jobs)
        with warnings.catch_warnings():
            # joblib replaces a worker that has grown by 300 MB, as large experiments do. Where warnings are errors,
            # this one would end the thread that watches over the workers, and the run would wait for ever.
            warnings.filterwarnings("ignore", "A worker stopped", UserWarning)
            yield from outcomes
    finally:
        get_reusable_executor().shutdown(wait=True, kill_workers=True)


def _work(experiment: Experiment, device: torch.device, again: bool) -> Outcome:
    start = time.perf_counter()
    error = ""
    try:
        store.compute(experiment, device, again)
    except Hopeless:
        raise
    except LectureError as trouble:
        error = str(trouble).removeprefix(f"{experiment.name()}: ")
    except Exception as trouble:
        error = f"{type(trouble).__name__}: {trouble}".splitlines()[0] + _place(trouble)
    return Outcome(experiment.name(), time.perf_counter() - start, error, os.getpid(), time.process_time())


@contextmanager
def _deaf() -> Iterator[None]:
    """Let processes that start here never hear a Ctrl-C: it is for their parent, who ends them in good order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end_with(parent: int) -> None:
    """Let this worker end soon after the process that started it, which may be killed without a word, even before."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _place(error: Exception) -> str:
    """Return the innermost line of ours in a traceback."""
    home = Path(lecture.__file__).parent
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    ours = [f for f in frames if Path(f.filename).is_relative_to(home) and "records" not in Path(f.filename).parts]
    return f" ({ours[-1].filename}:{ours[-1].lineno})" if ours else ""
