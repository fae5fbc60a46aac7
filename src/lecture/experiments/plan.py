"""What a schedule is about to do, what became of it, and how to say so in plain lines."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

from lecture.experiments.experiment import Experiment

Report = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """An experiment that has to be computed.

    Attributes:
        experiment: Its settings.
        reason: Why there is no usable record.
        expected: Seconds it will take: what it took last time, else its own estimate.
    """

    experiment: Experiment
    reason: str
    expected: float


@dataclass(frozen=True)
class Outcome:
    """What became of a job.

    Attributes:
        name: The experiment.
        seconds: Wall seconds.
        error: Why it failed; empty if it did not.
        worker: Process id of the worker.
        cpu: Processor seconds that the worker has used since it started.
    """

    name: str
    seconds: float
    error: str = ""
    worker: int = 0
    cpu: float = 0.0


@dataclass(frozen=True)
class Plan:
    """What a schedule is about to do, in this order.

    Attributes:
        jobs: Side by side, longest first.
        alone: Afterwards, one by one, with the machine to themselves.
        fresh: Number of experiments whose stored records are up to date.
        workers: How many run at a time.
        device: Where.
    """

    jobs: tuple[Job, ...]
    alone: tuple[Job, ...]
    fresh: int
    workers: int
    device: torch.device

    def __len__(self) -> int:
        return len(self.jobs) + len(self.alone)

    @property
    def expected(self) -> float:
        """Wall seconds that the whole will take."""
        side_by_side = [job.expected for job in self.jobs]
        return max(sum(side_by_side) / self.workers, *side_by_side, 0.0) + sum(job.expected for job in self.alone)


@dataclass(frozen=True)
class Summary:
    """What a schedule did.

    Attributes:
        plan: What it was about to do.
        ran: Wall seconds of each experiment that was computed, by name.
        seconds: Wall seconds of the whole.
        busy: Share of the time in which the cores computed while experiments ran side by side; None if none did.
    """

    plan: Plan
    ran: dict[str, float]
    seconds: float
    busy: float | None = None

    def __str__(self) -> str:
        if not self.ran:
            return f"all {self.plan.fresh} records up to date"
        parts = [f"{_count(len(self.ran))} computed on {self.plan.device} in {duration(self.seconds)}"]
        if self.busy is not None:
            parts.append(f"{self.plan.workers} at a time, cores busy {self.busy:.0%}")
        return ", ".join([*parts, f"{self.plan.fresh} up to date"])


Watch = Callable[[Plan | Outcome], None]


def lines(report: Report) -> Watch:
    """Return what tells a schedule's progress in plain lines."""
    total = done = 0

    def watch(event: Plan | Outcome) -> None:
        nonlocal total, done
        if isinstance(event, Plan):
            total = len(event)
            if total:
                at_a_time = f", {event.workers} at a time" if event.workers > 1 else ""
                report(f"{_count(total)} to compute on {event.device}{at_a_time}, about {duration(event.expected)}")
            for job in (*event.jobs, *event.alone):
                if job.reason:
                    report(f"  {job.experiment.name()}: {job.reason}")
        else:
            done += 1
            report(f"  {event.name}: {event.error or f'computed in {duration(event.seconds)}'} ({done} of {total})")

    return watch


def _count(number: int) -> str:
    return f"{number} experiment{'s' * (number != 1)}"


def duration(seconds: float) -> str:
    """Return a duration as a person says it."""
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
