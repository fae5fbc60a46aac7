"""The commands that judge: the ledger, and the seeds that nobody has looked at."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from lecture.cli.options import COLOURS, AsJson, Device, FirstSeed, Jobs, Preset, SeedCount, app, changed, choose

if TYPE_CHECKING:
    from lecture.claims.assessment import Assessment

Ids = Annotated[list[str] | None, typer.Argument(help="C01 to C30; all of them if none is named.")]


@app.command()
def claims(
    ids: Ids = None,
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
    from lecture.claims import ledger
    from lecture.cli import output

    choose(preset, device)
    assessments = _assessments(ids, jobs, changed(seeds, first_seed))
    if json:
        output.as_json(ledger.rows(assessments))
    else:
        _table(assessments)
    if wrong := ledger.mismatches(assessments):
        for line in wrong:
            output.note(f"lecture: {line}")
        raise typer.Exit(1)


@app.command()
def confirm(ids: Ids = None, device: Device = None, jobs: Jobs = None) -> None:
    """Judge claims on seeds that nobody has looked at, once, and keep what comes out for the book.

    It goes into ``claims/confirmations.csv``: whoever changes the book commits it. A part that turns is undecided from
    then on. What was judged so is refused until its predicate or its settings change, and then gets seeds further on.
    """
    from lecture.claims import confirmation, ledger

    choose("book", device)
    claims = ledger.chosen(ids)
    confirmation.refuse_again(claims)
    assessments = _assessments(ids, jobs, {"first_seed": confirmation.first_seed(claims)})
    confirmation.keep(assessments)
    _table(assessments)


def _assessments(ids: list[str] | None, jobs: int | None, changes: dict[str, int]) -> "list[Assessment]":
    """Judge claims, all if none is named, with settings changed; missing records are computed first."""
    from lecture.claims import assessment, ledger
    from lecture.cli import output
    from lecture.experiments import schedule

    chosen = ledger.chosen(ids)
    with output.progress() as watch:
        done = schedule.run_missing(ledger.needed(chosen, None, **changes), jobs=jobs, watch=watch)
    if done.ran:
        output.note(str(done))
    return [assessment.assess(claim, None, **changes) for claim in chosen]


def _table(assessments: "Sequence[Assessment]") -> None:
    """Print a line for each part."""
    from lecture.claims import assessment, ledger
    from lecture.claims.measurement import text
    from lecture.cli import output

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
        for claim, a in zip(ledger.rows(assessments), assessments, strict=True)
        for row, part in zip(claim["parts"], a.parts, strict=True)
    ]
    output.table(shown, COLOURS)
    if not judged:
        output.note(f"verdicts at {assessments[0].preset} say only that everything runs: too few seeds and steps")
