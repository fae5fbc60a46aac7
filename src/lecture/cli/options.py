"""What the commands share: the app, their options, and the choice of preset and device."""

import os
from typing import Annotated

import typer

app = typer.Typer(
    help="Why did deep learning suddenly work? The experiments, records and verdicts behind the book.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

MOST_SEEDS = 10_000  # a replica each, all trained at once: more fill any memory
LAST_SEED = 2**31 - 1 - MOST_SEEDS  # every library takes seeds of 31 bits
MOST_JOBS = 1024

Names = Annotated[list[str] | None, typer.Argument(help="Experiments or chapters; all of them if none is named.")]
Preset = Annotated[str | None, typer.Option(help="smoke (seconds), book (minutes) or full (a GPU, hours).")]
Device = Annotated[str | None, typer.Option(help="cuda, mps or cpu; by default the best there is.")]
SeedCount = Annotated[int | None, typer.Option(min=1, max=MOST_SEEDS, help="Number of seeds, instead of the preset's.")]
FirstSeed = Annotated[
    int | None, typer.Option(min=0, max=LAST_SEED, help="First seed, to see whether a result survives others.")
]
Jobs = Annotated[
    int | None, typer.Option(min=1, max=MOST_JOBS, help="Experiments at a time; by default one for each core.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

COLOURS = {"fresh": "green", "stale": "yellow", "missing": "dim", "damaged": "red", "untested": "dim"}


def changed(seeds: int | None, first_seed: int | None) -> dict[str, int]:
    """Return the settings that the options change."""
    return {key: value for key, value in (("seeds", seeds), ("first_seed", first_seed)) if value is not None}


def choose(preset: str | None, device: str | None) -> None:
    """Put a preset and a device in force, for worker processes too; refuse what there is not."""
    from lecture import devices
    from lecture.experiments.experiment import current_preset

    if preset:
        os.environ["LECTURE_PRESET"] = preset
    if device:
        os.environ["LECTURE_DEVICE"] = device
    current_preset()
    devices.pick()
