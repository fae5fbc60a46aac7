"""How the commands print: aligned columns, JSON, and progress with the time left."""

import json
import math
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Table

from lecture.experiments.plan import Job, Outcome, Plan, Watch, duration, lines


def table(rows: Sequence[dict[str, Any]], styles: dict[str, str] | None = None) -> None:
    """Print rows as columns: fitted to a terminal, else one line a row however long, to be read by other programs."""
    columns = list(rows[0]) if rows else []
    cells = [[_text(row[column]) for column in columns] for row in rows]
    console = Console(highlight=False)
    if not console.is_terminal:
        widths = [max(len(line[n]) for line in [columns, *cells]) for n in range(len(columns))]
        for line in [columns, *cells]:
            print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        return
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for line in cells:
        drawn.add_row(*(f"[{style}]{cell}[/]" if (style := (styles or {}).get(cell)) else cell for cell in line))
    console.print(drawn)


def as_json(value: Any) -> None:
    """Print JSON that every parser takes: what is not a finite number becomes null."""
    print(json.dumps(_finite(value), indent=2, ensure_ascii=False))


def note(message: str) -> None:
    """Say something beside the output, on stderr."""
    print(message, file=sys.stderr, flush=True)


@contextmanager
def progress() -> Iterator[Watch]:
    """Watch a schedule: a bar with the time left on a terminal, plain lines elsewhere, both on stderr."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield lines(note)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[left]}"))
    with _Bar(*columns, console=console, transient=True) as bar:
        yield bar.watch


class _Bar(Progress):
    """A bar that moves between outcomes too, by the seconds each running experiment is expected to take."""

    _plan: Plan | None = None
    _finished: dict[str, Outcome]
    _started: dict[str, float]
    _task: TaskID

    def watch(self, event: Plan | Outcome) -> None:
        if isinstance(event, Plan):
            self._finished, self._started = {}, {}
            self._task = self.add_task("", total=None, left="", visible=len(event) > 0)
            self._plan = event  # last: the thread that draws the bar looks at it
        else:
            self._finished[event.name] = event
            said = event.error or duration(event.seconds)
            self.console.print(f"{event.name}: {said}", markup=False, style="red" if event.error else None)
        self._move()
        self.refresh()

    def get_renderables(self) -> Iterator[Any]:
        self._move()
        yield from super().get_renderables()

    def _move(self) -> None:
        if not self._plan:
            return
        todo = [job for job in (*self._plan.jobs, *self._plan.alone) if job.experiment.name() not in self._finished]
        running = [job for job in todo if not job.experiment.exclusive][: self._plan.workers] or todo[:1]
        for job in running:
            self._started.setdefault(job.experiment.name(), time.monotonic())
        left = {job.experiment.name(): self._left(job) for job in todo}
        together = sum(left[job.experiment.name()] for job in todo if not job.experiment.exclusive)
        alone = sum(left[job.experiment.name()] for job in todo if job.experiment.exclusive)
        longest = max((left[job.experiment.name()] for job in running), default=0.0)
        seconds = max(together / self._plan.workers + alone, longest)
        names = ", ".join(job.experiment.name() for job in running)
        self.update(
            self._task,
            description=f"{len(self._finished)} of {len(self._plan)}",
            total=self._plan.expected + 1e-9,
            completed=max(0.0, self._plan.expected - seconds),
            left=f"about {duration(seconds * self._pace())} left: {names}",
        )

    def _pace(self) -> float:
        """Return how much longer than expected the finished jobs took: on a busy machine the rest will too."""
        jobs = self._plan.jobs + self._plan.alone if self._plan else ()
        finished = [job for job in jobs if job.experiment.name() in self._finished]
        expected = sum(job.expected for job in finished)
        took = sum(self._finished[job.experiment.name()].seconds for job in finished)
        return took / expected if expected else 1.0

    def _left(self, job: Job) -> float:
        """Return the seconds a job still takes; one that is over its time is taken to be nearly done."""
        started = self._started.get(job.experiment.name())
        spent = time.monotonic() - started if started else 0.0
        return max(job.expected - spent, 0.05 * job.expected)


def _text(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.4g}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
