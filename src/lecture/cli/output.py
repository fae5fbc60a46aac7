"""How the commands print: aligned columns, JSON, and progress with the time left."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from lecture.experiments.plan import Job, Outcome, Plan, Watch, duration, lines

ENDLESS = 100_000  # columns of what is no terminal
NOTHING = "-"  # an empty cell


def _console(stream: TextIO) -> Console:
    """Return a console that takes for a terminal what is one: ``FORCE_COLOR`` must not put escapes into a pipe."""
    return Console(file=stream, highlight=False, force_terminal=stream.isatty())


def table(rows: Sequence[dict[str, Any]], styles: dict[str, str] | None = None) -> None:
    """Print rows as columns: fitted to a terminal, else one line a row however long, to be read by other programs.

    On a terminal so narrow that words would be cut, a row is a paragraph, with a line for each column.
    """
    columns = list(rows[0]) if rows else []
    cells = [[_text(row[column]) for column in columns] for row in rows]
    console = _console(sys.stdout)
    if not console.is_terminal:
        console.width = ENDLESS
    drawn = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, pad_edge=False)
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for line in cells:
        drawn.add_row(*(Text(cell, (styles or {}).get(cell, "")) for cell in line))
    if Measurement.get(console, console.options.update(width=ENDLESS), drawn).minimum <= console.width:
        console.print(drawn)
        return
    for first, *others in cells:
        console.print(Text(first, "bold"), soft_wrap=True)
        for column, cell in zip(columns[1:], others, strict=True):
            if cell != NOTHING:
                console.print(Text(f"  {column}: ").append(cell, (styles or {}).get(cell, "")), soft_wrap=True)


def as_json(value: Any) -> None:
    """Print JSON that every parser takes: what is not a finite number becomes null."""
    finite = json.loads(json.dumps(value), parse_constant=lambda constant: None)
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(finite, indent=2, ensure_ascii=not unicode))


def note(message: str) -> None:
    """Say something beside the output, on stderr."""
    print(message, file=sys.stderr, flush=True)


@contextmanager
def progress() -> Iterator[Watch]:
    """Watch a schedule: a bar with the time left on a terminal, plain lines elsewhere, both on stderr."""
    console = _console(sys.stderr)
    if not console.is_terminal:
        yield lines(note)
        return
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task("", total=None, visible=False)
        todo: list[Job] = []
        workers = 1

        def watch(event: Plan | Outcome) -> None:
            nonlocal workers
            if isinstance(event, Plan):
                todo.extend((*event.jobs, *event.alone))
                workers = event.workers
                bar.update(task, total=sum(job.expected for job in todo), visible=bool(todo))
            else:
                said = event.error or duration(event.seconds)
                bar.console.print(f"{event.name}: {said}", markup=False, style="red" if event.error else None)
                done = next(job for job in todo if job.experiment.name() == event.name)
                todo.remove(done)
                bar.advance(task, done.expected)
            running = [job for job in todo if not job.experiment.exclusive][:workers] or todo[:1]
            names = ", ".join(job.experiment.name() for job in running)
            bar.update(task, description=f"{len(todo)} to do: {names}", visible=bool(todo))
            bar.refresh()  # what takes a moment is seen, too

        yield watch


def _text(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, float):
        return f"{value:.4g}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def first_sentence(docstring: str) -> str:
    """Return the first sentence of a docstring as plain words, without its full stop."""
    plain = re.sub(r":\w+:`[\w.]*?(\w+)`|``(.*?)``", r"\1\2", " ".join(docstring.split()))
    return plain.partition(". ")[0].rstrip(".")
