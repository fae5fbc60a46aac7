"""Three ways to search a table of architectures: by chance, by evolution, and by dropping the slow learners early."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lecture.claims.selection import groups
from lecture.experiments.outlook.architecture import SEARCHED
from lecture.models.design import Design

POPULATION = 4
"""Of evolution, whose parent is the best of all; of five settings the best on the tables of pilot seeds (1000 to 1004),
by a hair."""

KEPT = 3  # successive halving keeps one in three each time (Li et al. 2018, eta)
REPETITIONS = 200  # searches in each table, averaged: the chance within a search is no chance between tables

Floats = NDArray[np.float64]
Orders = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Table:
    """What one seed knows of all designs.

    Attributes:
        designs: In the order of the other tables.
        validation: Accuracy at each look, ``[designs, looks]``.
        test: Accuracy at the end, ``[designs]``.
        price: Computing of one whole training, ``[designs]``, in trainings of the default.
        shares: Of the training that is done at each look, ``[looks]``; the last is 1.
    """

    designs: Sequence[Design]
    validation: Floats
    test: Floats
    price: Floats
    shares: Floats

    @cached_property
    def neighbours(self) -> list[list[int]]:
        """Return the numbers of the designs that differ from each in one choice."""
        number = {design: n for n, design in enumerate(self.designs)}
        return [[number[other] for other in design.neighbours()] for design in self.designs]

    @property
    def final(self) -> Floats:
        """Return the validation accuracy at the end, ``[designs]``."""
        return np.asarray(self.validation[:, -1])


def tables(records: pd.DataFrame) -> dict[int, Table]:
    """Return each seed's table from the records of ``outlook.architecture``."""
    names = [field.name for field in fields(Design)]
    unit = float(records.loc[records["design"] != SEARCHED, "multiply_adds"].iloc[0])
    found = {}
    for seed, rows in groups(records[records["design"] == SEARCHED], "seed"):
        looks = rows.pivot(index=names, columns="steps", values="validation")
        last = rows[rows["steps"] == rows["steps"].max()].set_index(names).loc[looks.index]
        shares = looks.columns.to_numpy(float) / looks.columns.max()
        designs = [Design(*choices) for choices in looks.index]
        scores = (looks.to_numpy(float), last["test"].to_numpy(float), last["multiply_adds"].to_numpy(float) / unit)
        found[seed] = Table(designs, *scores, shares)
    return found


def by_chance(table: Table, tries: int, random: np.random.Generator) -> Orders:
    """Return different designs in the order of their training, ``[searches, tries]`` (Li and Talwalkar 2019)."""
    everything = np.tile(np.arange(len(table.designs)), (REPETITIONS, 1))
    return np.asarray(random.permuted(everything, axis=1)[:, :tries])


def by_evolution(table: Table, tries: int, random: np.random.Generator) -> Orders:
    """Return the designs that regularised evolution trains, in that order (Real et al. 2019, algorithm 1).

    The best of the living designs has a child, which differs in one choice, and the oldest one dies. A design is never
    trained twice: a parent whose children are all known has a child by chance.
    """
    orders = []
    for start in by_chance(table, min(POPULATION, tries), random).tolist():
        known, living = list(start), list(start)
        while len(known) < tries:
            parent = max(living, key=lambda n: float(table.final[n]))
            new = [n for n in table.neighbours[parent] if n not in known]
            new = new or [n for n in range(len(table.designs)) if n not in known]
            child = new[int(random.integers(len(new)))]
            known.append(child)
            living = [*living[1:], child]
        orders.append(known)
    return np.array(orders)


def by_halving(table: Table, tries: float, random: np.random.Generator) -> tuple[Orders, Floats]:
    """Return what successive halving chooses, ``[searches]``, and the price of each search.

    As many designs as the price allows, in whole trainings, are trained a little; at each look the better third goes on
    (Li et al. 2018).
    """
    n = max((n for n in range(1, len(table.designs) + 1) if _spent(n, table.shares) <= tries), default=1)
    running = by_chance(table, n, random)
    price = np.zeros(len(running))
    for look, more in enumerate(np.diff(table.shares, prepend=0.0)):
        running = running[:, : _left(n, look)]
        price += more * table.price[running].sum(1)
        better_first = np.argsort(-table.validation[running, look], axis=1, kind="stable")
        running = np.take_along_axis(running, better_first, 1)
    return running[:, 0], price


def _left(n: int, look: int) -> int:
    return max(1, n // int(KEPT**look))


def _spent(n: int, shares: Floats) -> float:
    """Return the whole trainings that successive halving spends on n designs."""
    return float(sum(_left(n, look) * more for look, more in enumerate(np.diff(shares, prepend=0.0))))


def best_so_far(table: Table, orders: Orders) -> Orders:
    """Return the design with the highest validation accuracy among those tried so far, ``[searches, tries]``."""
    scores = table.final[orders]
    first = np.diff(np.maximum.accumulate(scores, axis=1), prepend=-np.inf) > 0
    place = np.maximum.accumulate(np.where(first, np.arange(orders.shape[1]), 0), axis=1)
    return np.asarray(np.take_along_axis(orders, place, 1))


def searched(table: Table, most: int, seed: int) -> pd.DataFrame:
    """Return the mean result of many searches: ``search``, ``tries``, ``test`` accuracy and ``price``.

    A search chooses by validation accuracy. Halving's tries are the whole trainings that its parts add up to at most.
    """
    random = np.random.default_rng(seed)
    counts = range(1, min(most, len(table.designs)) + 1)
    parts = []
    for search, order in (("random", by_chance), ("evolution", by_evolution)):
        orders = order(table, len(counts), random)
        test, price = table.test[best_so_far(table, orders)].mean(0), table.price[orders].cumsum(1).mean(0)
        parts.append(pd.DataFrame({"search": search, "tries": counts, "test": test, "price": price}))
    halved = [by_halving(table, tries, random) for tries in counts]
    test, price = [table.test[chosen].mean() for chosen, _ in halved], [price.mean() for _, price in halved]
    parts.append(pd.DataFrame({"search": "halving", "tries": counts, "test": test, "price": price}))
    return pd.concat(parts, ignore_index=True)
