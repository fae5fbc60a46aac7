"""C28: RNN, LSTM and Transformer on one memory test."""

import pandas as pd

from lecture.claims.measurement import Measurement, exact, points
from lecture.claims.selection import at_best_rate, groups
from lecture.statistics import difference_interval

LONG = 100  # symbols: sequences from here on are long
LOOKED_AT = 0.5  # of the weight
COLOURS = {"RNN": "tanh", "LSTM": "residual", "Transformer": "deep"}


def networks(*recall: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each network's runs, with the share of right answers in per cent as ``percent``.

    Each is at its better rate at every length, and at the start that remembers best over the long sequences, among the
    starts that were tried at every length.
    """
    best = at_best_rate(pd.concat(recall, ignore_index=True), ["cell", "start", "length"], score="loss")
    best["percent"] = 100 * best["accuracy"]
    lengths = best["length"].nunique()
    found: dict[str, pd.DataFrame] = {}
    for (cell, _), runs in groups(best, "cell", "start"):
        complete = runs["length"].nunique() == lengths
        if complete and (cell not in found or far(runs).mean() > far(found[cell]).mean()):
            found[cell] = runs
    return {cell: found[cell] for cell in COLOURS}


def far(runs: pd.DataFrame) -> "pd.Series[float]":
    """Return each seed's mean over the long sequences."""
    long = runs[runs["length"] >= min(LONG, runs["length"].max())]
    means: pd.Series[float] = long.pivot(index="seed", columns="length", values="percent").mean(axis=1)
    return means


def numbers(*recall: pd.DataFrame, looks: pd.DataFrame, price: pd.DataFrame) -> list[Measurement]:
    """Return how far back the three remember, where the Transformer looks and what it pays."""
    long = {name: far(runs).to_numpy() for name, runs in networks(*recall).items()}
    leads = [
        points(f"sequences_gain_{rival.lower()}", f"long sequences remembered, Transformer over {rival}",
               difference_interval(long["Transformer"], long[rival]), "+z.0f", "deep")
        for rival in ("RNN", "LSTM")
    ]  # fmt: skip
    first = looks[(looks["position"] == 1) & (looks["step"] == looks["step"].max())]
    answers = (first["weight"] > LOOKED_AT).groupby(first["seed"]).sum()
    looked = "answers for which the last position gives the first symbol more than half of its attention"
    return [
        *leads,
        exact("sequences_fewest_looked_at", f"{looked}, smallest of the seeds", answers.min()),
        exact("sequences_most_looked_at", f"{looked}, largest of the seeds", answers.max()),
        *(_growth(str(name), runs) for name, runs in groups(price, "network") if name in ("RNN", "Transformer")),
    ]


def _growth(name: str, runs: pd.DataFrame) -> Measurement:
    """Return how the multiplications for an answer at each position grow with the length."""
    counted = runs.set_index("length")["multiplications"].sort_index()
    words = f"factor on {name}'s multiplications, longest over shortest sequence"
    return exact(f"sequences_growth_{name.lower()}", words, counted.iloc[-1] / counted.iloc[0])
