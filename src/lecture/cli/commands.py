"""The commands. Each imports what it needs when it is called, so that ``--help`` need not wait for torch."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lecture.cli.options import (
    COLOURS,
    MOST_JOBS,
    AsJson,
    Device,
    FirstSeed,
    Jobs,
    Names,
    Preset,
    SeedCount,
    app,
    changed,
    choose,
)  # fmt: skip
from lecture.errors import LectureError

if TYPE_CHECKING:
    from lecture.experiments.experiment import Experiment
    from lecture.experiments.plan import Job


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
            "title": output.first_sentence(experiment.__doc__ or "")
            + (" (full)" if "book" not in experiment.offered else ""),
            "exclusive": experiment.exclusive,
            "settings": experiment.preset("book" if "book" in experiment.offered else "full").settings(),
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

    choose(preset, device)
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
    shard: Annotated[
        str | None, typer.Option(metavar="K/N", help="Only the K-th of N shares, for machines that share nothing.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Compute on a Dask cluster, such as tcp://node1:8786.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would run, on what, how long; store nothing.")
    ] = False,
) -> None:
    """Compute what has no fresh record, several experiments at a time, and store it."""
    from lecture import devices
    from lecture.cli import output
    from lecture.experiments import schedule

    if names and all_:
        raise LectureError("name experiments or say --all, not both")
    choose(preset, device)
    wanted = _settings(names, changed(seeds, first_seed))
    if shard:
        wanted = schedule.share(wanted, *_fraction(shard))
    if dry_run:
        from lecture.experiments import foresight
        from lecture.experiments.plan import duration

        plan = foresight.foreseen(schedule.planned(wanted, devices.pick(), jobs, again))
        output.table([_foreseen(job) for job in (*plan.jobs, *plan.alone)])
        output.note(f"{len(plan)} to compute, {plan.fresh} up to date, about {duration(plan.expected)} in all")
        return
    with output.progress() as watch:
        done = schedule.run_missing(wanted, jobs=jobs, watch=watch, again=again, scheduler=scheduler)
    output.note(str(done))


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

    choose(preset, device)
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


def _fraction(shard: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)/(\d+)", shard)
    if not found or not 1 <= int(found[1]) <= int(found[2]) <= MOST_JOBS:
        raise LectureError(f"--shard {shard}: write for example 2/8, the second of eight shares")
    return int(found[1]), int(found[2])


def _foreseen(job: "Job") -> dict[str, Any]:
    """Return what is known of an experiment before it runs."""
    from lecture.experiments.foresight import Foreseen, whereabouts

    experiment = job.experiment
    return {
        "name": experiment.name(),
        "preset": experiment.preset_name() or "custom",
        "seconds": round(job.expected),
        "timed": "a few steps" if isinstance(job, Foreseen) else None,
        "memory": f"{job.bytes / 1e9:.2g} GB" if isinstance(job, Foreseen) else None,
        "data": "; ".join(map(whereabouts, experiment.sources)) or "generated",
        "size": experiment.size_line(),
    }


def _settings(names: list[str] | None, changes: dict[str, int]) -> "list[Experiment]":
    from lecture.experiments import registry

    named = [e for e in registry.select(names) if e.name() in names or e in registry.offered()] if names else None
    return [experiment.preset(None, **changes) for experiment in named or registry.offered()]
