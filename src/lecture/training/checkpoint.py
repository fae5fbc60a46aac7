"""What hours of training are kept by: a run that was killed goes on from its last checkpoint, to the same numbers.

Only a run that is computed for the store keeps anything, and what it keeps is gone when its record is stored (see
:mod:`lecture.records.unfinished`). A file that cannot be read is taken for none.
"""

import io
import json
import pickle
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import torch
from torch import nn

if TYPE_CHECKING:
    from lecture.records.unfinished import Unfinished

INTERVAL = 30.0
"""Seconds between two checkpoints of a training, at least: writing one must not take longer than what it saves."""
Rows = list[dict[str, Any]]


def once(name: str, compute: Callable[[], Rows]) -> Rows:
    """Return the rows that ``compute`` gives, or those that it gave before the run was killed.

    Args:
        name: What it computes, unlike any other name in the run; :class:`Checkpoint` of the same name serves it.
        compute: Returns rows of plain numbers, strings and booleans.
    """
    run, file = _run(), f"{_file(name)}.json"
    if run is None:
        return compute()
    if known := run.read(file):
        rows: Rows = json.loads(known)
        return rows
    rows = compute()
    run.write(file, json.dumps(rows).encode())
    run.remove(f"{_file(name)}.pt")
    return rows


class Checkpoint:
    """All that decides how one training goes on: weights, optimiser, random numbers, and how far it is.

    Args:
        name: Of the training, unlike any other in the run.
        model: The network, with its statistics.
        optimiser: Its optimiser, with its momentum.
        generators: All generators that training draws from.
    """

    def __init__(
        self,
        name: str,
        model: nn.Module,
        optimiser: torch.optim.Optimizer,
        generators: Mapping[str, torch.Generator],
    ) -> None:
        self.file = f"{_file(name)}.pt"
        self.model, self.optimiser, self.generators = model, optimiser, generators
        self._saved = time.monotonic()

    def resume(self) -> tuple[int, list[list[float]]]:
        """Put everything back as it was, and return the steps done and what was found on the way; 0 and nothing else.

        Returns:
            As :meth:`save` got them.
        """
        run = _run()
        known = run.read(self.file) if run else None
        if known is None:
            return 0, []
        try:
            state = torch.load(io.BytesIO(known), map_location="cpu", weights_only=True)
        except (RuntimeError, EOFError, BadZipFile, pickle.UnpicklingError):
            return 0, []
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        for name, generator in self.generators.items():
            generator.set_state(state["generators"][name])
        return state["step"], state["found"]

    def save(self, step: int, found: list[list[float]]) -> None:
        """Keep everything, unless that was done a moment ago.

        Args:
            step: Steps done.
            found: What was measured on the way.
        """
        run = _run()
        if run is None or time.monotonic() - self._saved < INTERVAL:
            return
        state = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "generators": {name: generator.get_state() for name, generator in self.generators.items()},
            "step": step,
            "found": found,
        }
        sink = io.BytesIO()
        torch.save(state, sink)
        run.write(self.file, sink.getvalue())
        self._saved = time.monotonic()


def _run() -> "Unfinished | None":
    from lecture.records import unfinished  # here, not above: what stores numbers is no part of what decides them

    return unfinished.current()


def _file(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:16]
