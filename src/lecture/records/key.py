"""What decides an experiment's numbers, and the circumstances in which they were computed."""

import json
import platform
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pandas as pd
import torch

import lecture
from lecture import devices
from lecture.records import fingerprint
from lecture.records.record import FORMAT

if TYPE_CHECKING:
    from lecture.experiments.experiment import Experiment

VERSIONED = ("torch", "numpy", "scipy", "scikit-learn", "scikit-image")
"""Packages whose version can change a seed's numbers."""

_KEY = ("format", "experiment", "settings", "source", "data", "versions", "device")


def settings_digest(experiment: "Experiment") -> str:
    """Return eight digits that tell settings apart."""
    return sha256(_json(experiment.settings()).encode()).hexdigest()[:8]


def key(experiment: "Experiment", device: torch.device) -> dict[str, Any]:
    """Return all that decides the numbers, and the digest of each module, to say which one changed."""
    modules = fingerprint.closure(type(experiment).__module__)
    return {
        "format": FORMAT,
        "experiment": experiment.name(),
        "preset": experiment.preset_name(),
        "settings": json.loads(_json(experiment.settings())),
        "source": fingerprint.combine(modules),
        "modules": modules,
        "data": experiment.data_digest(),
        "versions": _versions(),
        "device": device.type,
    }


def circumstances(
    experiment: "Experiment", table: pd.DataFrame, device: torch.device, threads: int, seconds: float
) -> dict[str, Any]:
    """Return where and when a table was computed: for people, not for comparing."""
    return {
        "device_name": devices.describe(device),
        "threads": threads,
        "seconds": round(seconds, 3),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "seeds": list(experiment.seed_range()) if "seed" in table else [],
        "python": platform.python_version(),
        "lecture": lecture.__version__,
    }


def difference(stored: dict[str, Any], wanted: dict[str, Any]) -> str:
    """Return in words in what a stored key differs from the wanted one; empty if in nothing."""
    if stored.get("format") != FORMAT:
        return "written by another version of lecture"
    reasons = []
    for part in _KEY:
        old, new = stored.get(part), wanted[part]
        if old == new or (part == "data" and new is None):  # data that this machine lacks cannot be compared
            continue
        if part == "source":
            old, new = stored["modules"], wanted["modules"]
            changed = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
            more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
            reasons.append(f"source changed: {', '.join(changed[:3])}{more}")
        elif isinstance(old, dict) and isinstance(new, dict):
            names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
            reasons.append(f"{part} changed: " + ", ".join(f"{n} {old.get(n)} -> {new.get(n)}" for n in names))
        else:
            reasons.append(f"{part} changed")
    return "; ".join(reasons)


def _json(settings: dict[str, Any]) -> str:
    return json.dumps(settings, sort_keys=True, default=str)


@cache
def _versions() -> dict[str, str]:
    return {library: version(library) for library in VERSIONED}
