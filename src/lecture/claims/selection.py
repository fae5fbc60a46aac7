"""Picking rows: every contender at its best learning rate, by one rule for all claims and figures."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd


def at_best_rate(runs: pd.DataFrame, by: list[str], score: str = "train_loss") -> pd.DataFrame:
    """Return the runs of each group at the learning rate whose mean score over the seeds is lowest.

    Every group is offered the same choice. By the training loss nothing is learned about test data; the memory tests,
    whose sequences are always new, choose by the loss on those that they score.

    Args:
        runs: One row for each group, rate and seed, with the columns ``by``, ``rate``, ``seed`` and ``score``.
        by: The columns that name a group.
        score: What to minimise. A run that diverged (not a number) counts as infinitely bad.

    Returns:
        The chosen rows, sorted by group and seed, so that two groups' seeds are paired.
    """
    safe = runs.assign(_score=runs[score].fillna(np.inf))
    means = safe.groupby([*by, "rate"])["_score"].mean()
    chosen = means.groupby(by).idxmin().to_list()
    kept = runs.set_index([*by, "rate"]).index.isin(chosen)
    return runs[kept].sort_values([*by, "seed"], ignore_index=True)


def curves(runs: pd.DataFrame, by: str, over: str, value: str) -> dict[Any, pd.DataFrame]:
    """Return a table for each group: a row for each seed, a column for each value of ``over``, both in order.

    Args:
        runs: One row for each group, seed and value of ``over``.
        by: The column that names a group; the tables come in the order of its first appearance.
        over: The column that becomes the columns.
        value: The column that fills the table.
    """
    return {key: rows.pivot(index="seed", columns=over, values=value) for key, rows in runs.groupby(by, sort=False)}


def groups(runs: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, pd.DataFrame]]:
    """Yield the values of some columns, a tuple where there are several, with the rows that have them."""
    yield from runs.groupby(columns[0] if len(columns) == 1 else list(columns))
