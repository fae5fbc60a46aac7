"""The commands. Each imports what it needs when it is called, so that ``--help`` need not wait for torch."""

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lecture.errors import LectureError

if TYPE_CHECKING:
    from lecture.experiments.experiment import Experiment

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


@app.command("list")
def list_experiments(json: AsJson = False) -> None:
    """Show every experiment: what it does, which claims it tests, what it costs."""
    from lecture.claims.ledger import claims
    from lecture.cli import output
    from lecture.experiments.registry import experiments

    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "claims": [
                f"{claim.id}.{part.key}"
                for claim in claims().values()
                for part in claim.parts
                if experiment in part.experiments
            ],
            "core_seconds": experiment.core_seconds,
            "title": output.first_sentence(experiment.__doc__ or ""),
            "exclusive": experiment.exclusive,
            "settings": experiment.preset("book").settings(),
            "presets": {name: dict(changes) for name, changes in experiment.presets.items()},
        }
        for name, experiment in experiments().items()
    ]
    shown = [{key: row[key] for key in ("name", "claims", "core_seconds", "title")} for row in rows]
    output.as_json(rows) if json else output.table(shown)


@app.command()
def status(names: Names = None, preset: Preset = None, device: Device = None, json: AsJson = False) -> None:
    """Show which records are fresh, stale, missing or damaged, and why."""
    from lecture.cli import output
    from lecture.records import folder, state

    _choose(preset, device)
    rows = []
    for experiment in _settings(names, {}):
        found = state(experiment)
        known = found.record.provenance if found.record else {}
        rows.append(
            {
                "name": experiment.name(),
                "status": str(found.status),
                "preset": experiment.preset_name() or "custom",
                "device": known.get("device"),
                "seconds": known.get("seconds"),
                "date": known.get("date"),
                "reason": found.reason,
            }
        )
    if json:
        output.as_json({"cache": str(folder.cache()), "records": rows})
    else:
        output.table(rows, COLOURS)
        output.note(f"records lie in {folder.cache()}")


@app.command()
def run(
    names: Names = None,
    all_: Annotated[bool, typer.Option("--all", help="Every experiment, the same as naming none.")] = False,
    preset: Preset = None,
    device: Device = None,
    seeds: SeedCount = None,
    first_seed: FirstSeed = None,
    jobs: Jobs = None,
    again: Annotated[bool, typer.Option("--again", help="Compute fresh records too.")] = False,
) -> None:
    """Compute what has no fresh record, several experiments at a time, and store it."""
    from lecture.cli import output
    from lecture.experiments import schedule

    if names and all_:
        raise LectureError("name experiments or say --all, not both")
    _choose(preset, device)
    with output.progress() as watch:
        done = schedule.run_missing(_settings(names, _changes(seeds, first_seed)), jobs=jobs, watch=watch, again=again)
    output.note(str(done))


@app.command()
def claims(
    ids: Annotated[list[str] | None, typer.Argument(help="C01 to C30; all of them if none is named.")] = None,
    preset: Preset = None,
    device: Device = None,
    seeds: SeedCount = None,
    first_seed: FirstSeed = None,
    jobs: Jobs = None,
    json: AsJson = False,
) -> None:
    """Judge every part of every claim by its records (the ledger); missing records are computed first.

    Ends with status 1 if a verdict is not the one that the book's prose was written for.
    """
    from lecture.claims import assessment, ledger
    from lecture.claims.measurement import text
    from lecture.cli import output
    from lecture.experiments import schedule

    _choose(preset, device)
    changes = _changes(seeds, first_seed)
    chosen = [ledger.claim(id.upper()) for id in ids] if ids else list(ledger.claims().values())
    with output.progress() as watch:
        done = schedule.run_missing(ledger.needed(chosen, None, **changes), jobs=jobs, watch=watch)
    if done.ran:
        output.note(str(done))
    assessments = [assessment.assess(claim, None, **changes) for claim in chosen]
    rows = ledger.rows(assessments)
    if json:
        output.as_json(rows)
    else:
        judged = assessments[0].preset in assessment.JUDGED
        shown = [
            {
                "part": row["id"],
                "kind": row["kind"],
                "verdict": row["verdict"]
                + (f" (expected: {row['expected']})" if judged and row["verdict"] != row["expected"] else ""),
                "here": part.finding and str(part.finding.verdict),
                "measured": part.number and text(part.number),
                "at scale": part.part.published and str(part.part.published.verdict),
                "reported": part.number and part.number.published and part.number.published.value,
                "seeds": part.seeds,
                "quantity": part.number.quantity if part.number else row["says"],
            }
            for claim, a in zip(rows, assessments, strict=True)
            for row, part in zip(claim["parts"], a.parts, strict=True)
        ]
        output.table(shown, COLOURS)
        if not judged:
            output.note(f"verdicts at {assessments[0].preset} say only that everything runs: too few seeds and steps")
    if wrong := ledger.mismatches(assessments):
        for line in wrong:
            output.note(f"lecture: {line}")
        raise typer.Exit(1)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="An experiment.")],
    preset: Preset = None,
    device: Device = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print all rows as CSV.")] = False,
) -> None:
    """Show the stored records of an experiment as a table."""
    from lecture.cli import output
    from lecture.experiments.registry import find
    from lecture.records import Status, state

    _choose(preset, device)
    experiment = find(name).preset()
    found = state(experiment)
    if not found.record:
        way_out = f"'lecture run {name}{f' --preset {preset}' if preset else ''}' computes them"
        raise LectureError(f"records of {name} are {found.status} ({found.reason}): {way_out}")
    if found.status is Status.STALE:
        output.note(f"lecture: these records are stale ({found.reason})")
    table = found.record.table
    print(table.to_csv(index=False) if csv else table.to_string(index=False, max_rows=60), end="" if csv else "\n")


@app.command()
def clean(
    names: Names = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove stored records, of every preset and device. Files that are not records stay."""
    from lecture.cli import output
    from lecture.experiments import registry
    from lecture.records import folder

    chosen = [experiment.name() for experiment in registry.select(names)] if names else None
    found = folder.records(chosen)
    if not found:
        output.note(f"no records in {folder.cache()}")
        return
    size = sum(path.stat().st_size for path in found) / 1e6
    if not yes:
        typer.confirm(f"Remove {len(found)} records ({size:.1f} MB) from {folder.cache()}?", abort=True, err=True)
    busy = folder.remove(found)
    removed = len(found) - len(busy)
    output.note(f"removed {removed} record{'s' * (removed != 1)} from {folder.cache()}")
    if busy:
        raise LectureError(f"{len(busy)} records are being written by another process and stay: try again later")


def _settings(names: list[str] | None, changes: dict[str, int]) -> "list[Experiment]":
    from lecture.experiments import registry

    chosen = registry.select(names) if names else registry.experiments().values()
    return [experiment.preset(None, **changes) for experiment in chosen]


def _changes(seeds: int | None, first_seed: int | None) -> dict[str, int]:
    return {key: value for key, value in (("seeds", seeds), ("first_seed", first_seed)) if value is not None}


def _choose(preset: str | None, device: str | None) -> None:
    """Put a preset and a device in force, for worker processes too; refuse what there is not."""
    from lecture import devices
    from lecture.experiments.experiment import current_preset

    if preset:
        os.environ["LECTURE_PRESET"] = preset
    if device:
        os.environ["LECTURE_DEVICE"] = device
    current_preset()
    devices.pick()
