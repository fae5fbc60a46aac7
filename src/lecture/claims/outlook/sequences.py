"""C28: RNN, LSTM and Transformer on one memory test."""

import pandas as pd

from lecture.claims.gradient_vanishing.c15_recurrent import LONG, solved
from lecture.claims.measurement import Measurement, exact, points
from lecture.claims.selection import groups
from lecture.statistics import difference_interval

LOOKED_AT = 0.5  # of the weight
COLOURS = {"RNN": "tanh", "LSTM": "residual", "Transformer": "deep"}
STARTS = {"RNN": "remember", "LSTM": "1997, shut", "Transformer": "default"}
"""From which each network was tried at every length: the start at which it solved most on pilot seeds."""


def networks(*recall: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return whether each network solved the test, in per cent: a row for each seed, a column for each length."""
    found = solved(pd.concat(recall, ignore_index=True))
    return {cell: found[cell, start] for cell, start in STARTS.items()}


def far(runs: pd.DataFrame) -> "pd.Series[float]":
    """Return each seed's mean over the long sequences."""
    return runs.loc[:, min(LONG, max(runs.columns)) :].mean(axis=1)


def numbers(*recall: pd.DataFrame, looks: pd.DataFrame, price: pd.DataFrame) -> list[Measurement]:
    """Return how far back the three remember, where the Transformer looks and what it pays."""
    long = {name: far(runs).to_numpy() for name, runs in networks(*recall).items()}
    leads = [
        points(f"sequences_gain_{rival.lower()}", f"runs that solve long sequences, Transformer over {rival}",
               difference_interval(long["Transformer"], long[rival]), "+.0f", "deep")
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
