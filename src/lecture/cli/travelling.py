"""The commands for records that travel: pack them into one file, take them from one, compute the same and compare."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lecture.cli.options import COLOURS, AsJson, Device, Jobs, Preset, app, choose
from lecture.errors import LectureError

if TYPE_CHECKING:
    from lecture.claims.claim import Claim
    from lecture.experiments.experiment import Experiment
    from lecture.records.record import Record

File = Annotated[Path, typer.Argument(help="A zip archive of records.")]


@app.command("export")
def export_records(
    file: File,
    claims: Annotated[str | None, typer.Option(help="Only what these need: C12,C13. By default everything.")] = None,
    preset: Preset = None,
    device: Device = None,
) -> None:
    """Pack the fresh records of a preset into one archive; refuse while some are missing."""
    from lecture import devices
    from lecture.cli import output
    from lecture.records import archive, store

    choose(preset, device)
    wanted = _needed(re.split(r"[,\s]+", claims.strip()) if claims else None)
    missing = [experiment.name() for experiment in wanted if not store.state(experiment).fresh]
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        raise LectureError(f"no fresh records of {', '.join(missing[:3])}{more}: 'lecture run' computes them")
    data = archive.pack(store.path_of(experiment, devices.pick()) for experiment in wanted)
    archive.save(file, data)
    output.note(f"{len(wanted)} records, {len(data) / 1e6:.1f} MB, in {file}")


@app.command("import")
def import_records(file: File) -> None:
    """Take the records of an archive into the store, where they fit this code; say what becomes of the others."""
    from lecture.cli import output
    from lecture.experiments import registry
    from lecture.records import archive, store

    fates = archive.take(file, registry.find)
    for what, names in fates.items():
        if names:
            output.note(
                f"{len(names)} {what}" + (f": {'; '.join(names)}" if what in (store.STALE, store.OTHER_CODE) else "")
            )
    if not (fates[store.TAKEN] or fates[store.HERE]):
        raise LectureError(f"nothing in {file} fits this code: take the code of its day, or compute here")


@app.command()
def reproduce(
    what: Annotated[
        list[str] | None,
        typer.Argument(help="An archive to compare with (by default this machine's own records), and claims: C12 C13."),
    ] = None,
    preset: Preset = None,
    device: Device = None,
    jobs: Jobs = None,
    json: AsJson = False,
) -> None:
    """Compute everything once more, and say part by part whether it comes out the same.

    Ends with status 1 if a verdict differs. What is computed is kept until the comparison is done, so it can be stopped
    and started again; the comparison is kept for the page "Reproduced".
    """
    from dataclasses import asdict

    from lecture.claims import ledger, reproduction
    from lecture.cli import output
    from lecture.experiments import schedule
    from lecture.records import folder

    choose(preset, device)
    ids = [name for name in what or () if re.fullmatch(r"[Cc]\d+", name)]
    files = [Path(name) for name in what or () if name not in ids]
    if len(files) > 1:
        raise LectureError(f"one archive at a time, not {' and '.join(map(str, files))}; a claim is named like C12")
    claims = ledger.chosen(ids)
    there = _there(files[0] if files else None, claims)
    wanted = [experiment for experiment in ledger.needed(claims) if experiment.name() in there]
    if not wanted:
        raise LectureError("nothing to compare with: no records of these claims" + (f" in {files[0]}" if files else ""))
    with _store_beside(), output.progress() as watch:
        schedule.run_missing(wanted, jobs=jobs, watch=watch)
        here = _stored(wanted)
    found = reproduction.reproduced(claims, there, here)
    source = files[0].name if files else "this machine's own records"
    folder.write(folder.cache() / reproduction.FILE, reproduction.report(found, there, here, source))
    with _store_beside():
        folder.remove(folder.records())
    rows = [asdict(one) for one in found]
    output.as_json(rows) if json else output.table(rows, COLOURS)
    if wrong := [one.part for one in found if one.there != one.here]:
        output.note(f"lecture: other verdicts: {', '.join(wrong)}")
        raise typer.Exit(1)


def _needed(ids: list[str] | None) -> "list[Experiment]":
    from lecture.claims import ledger
    from lecture.experiments import registry

    return ledger.needed(ledger.chosen(ids)) if ids else [experiment.preset() for experiment in registry.offered()]


def _there(file: Path | None, claims: "list[Claim]") -> "dict[str, Record]":
    """Return the records to compare with, by experiment: of an archive, or the store's."""
    from lecture.claims import ledger
    from lecture.experiments.experiment import current_preset
    from lecture.records import archive

    if file is None:
        return _stored(ledger.needed(claims))
    records = [record for _, record in archive.unpack(file).values()]
    return {r.provenance["experiment"]: r for r in records if r.provenance["preset"] == current_preset()}


def _stored(experiments: "list[Experiment]") -> "dict[str, Record]":
    from lecture.records import state

    found = {experiment.name(): state(experiment).record for experiment in experiments}
    return {name: record for name, record in found.items() if record}


@contextmanager
def _store_beside() -> Iterator[None]:
    """Use a store inside the store, for worker processes too: what is in the outer one must not be read."""
    from lecture.records import folder

    before, beside = os.environ.get("LECTURE_CACHE"), folder.cache() / "again"
    os.environ["LECTURE_CACHE"] = str(beside)
    try:
        yield
    finally:
        if before is None:
            del os.environ["LECTURE_CACHE"]
        else:
            os.environ["LECTURE_CACHE"] = before
