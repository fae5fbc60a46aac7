"""Three causes, taken away: the eight cells of the ablation, closed until the reader has guessed."""

from typing import Any

from lecture.publishing.explored.controls import Explorable, button, hidden, slider, switch

CAUSES = {"depth": "trainable depth", "data": "data", "compute": "computing"}
CELLS = {
    "full": "all three", "no_depth": "no depth", "no_data": "no data", "no_compute": "no computing",
    "only_depth": "only depth", "only_data": "only data", "only_compute": "only computing", "nothing": "none",
}  # fmt: skip
"""The cells of :class:`lecture.experiments.summary.ablation.Ablation` in which each cause is there or not."""
GUESSING = 90
"""Per cent of ten equally frequent classes that whoever guesses gets wrong."""


def found() -> dict[str, Any]:
    """Return for each cell which causes it has, words for it, and each seed's error in per cent."""
    from lecture.claims.summary.c29_causes import cells  # here, not above: they import torch
    from lecture.experiments.summary.ablation import Ablation
    from lecture.records import read

    errors = cells(read(Ablation.preset()))
    return {
        "causes": list(CAUSES),
        "names": CAUSES,
        "guessing": GUESSING,
        "cells": [
            {
                "key": key,
                "words": words,
                "has": _has(key),
                "told": _told(key),
                "errors": errors[key].error.round(2).tolist(),
            }
            for key, words in CELLS.items()
        ],
    }


def _has(key: str) -> list[str]:
    """Return the causes that are there in a cell: ``no_data`` has the two others, ``only_data`` that one."""
    kind, _, cause = key.partition("_")
    return {"full": list(CAUSES), "nothing": [], "only": [cause]}.get(kind, [c for c in CAUSES if c != cause])


def _told(key: str) -> str:
    there, missing = (", ".join(CAUSES[c] for c in CAUSES if (c in _has(key)) is there) for there in (True, False))
    return f"There: {there or 'nothing'}. Taken away: {missing or 'nothing'}."


def controls(_: dict[str, Any]) -> str:
    """Return the three switches, the guess, and the buttons."""
    return (
        "".join(switch(cause, words, on=True) for cause, words in CAUSES.items())
        + slider("guess", "Your guess of the error", 0, GUESSING, 1, 45)
        + button("reveal", "Reveal")
        + button("again", "Close all")
        + hidden("seen")
    )


EXPLORABLE = Explorable(
    experiments=("summary.ablation",),
    found=found,
    controls=controls,
    otherwise="The figure below shows the eight networks.",
)
"""Which causes are there, and what a network then gets wrong."""
