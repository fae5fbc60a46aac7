from pathlib import Path

import pandas as pd
import pytest
from pybtex.database import parse_file

from lecture.claims.history.c02_roots import CLAIM, judge_autodiff, judge_hidden_layer, judge_perceptron
from lecture.claims.verdict import Verdict
from lecture.data.literature.milestones import MILESTONES, PERCEPTRON, REVERSE_YEAR, YEARS_SAID, Milestone, first

SEEDS = range(10)


def perceptron(and_mistakes=20, now=0, xor_now=3):
    rows = [
        (gate, seed, number, here if number == 40 else 1, mistakes, bound)
        for gate, mistakes, here, bound in (
            ("AND", and_mistakes, now, 51.0),
            ("OR", 9, 0, 27.0),
            ("XOR", 130, xor_now, float("inf")),
        )
        for seed in SEEDS
        for number in (1, 40)
    ]
    return pd.DataFrame(rows, columns=["gate", "seed", "pass", "mistakes_now", "mistakes", "bound"])


def hidden_layer(solved):
    rows = [(seed, step, 4 if step and seed < solved else 3) for seed in SEEDS for step in (0, 300)]
    return pd.DataFrame(rows, columns=["seed", "step", "right"])


def autodiff(error=1e-15):
    rows = [
        (n, mode, 4 * n * (n if mode == "forward" else 1), error) for n in (5, 129) for mode in ("forward", "backward")
    ]
    return pd.DataFrame(rows, columns=["weights", "mode", "multiplications", "error"])


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, Verdict.HOLDS),
        ({"and_mistakes": 52}, Verdict.FAILS),  # more mistakes than the theorem allows
        ({"now": 1}, Verdict.FAILS),  # still making them
        ({"xor_now": 0}, Verdict.FAILS),  # a line through XOR
    ],
)
def test_the_perceptron_keeps_its_bound_and_never_learns_xor(changed, verdict):
    found = judge_perceptron(perceptron(**changed))
    assert found.verdict is verdict
    numbers = {number.key: number.interval.value for number in found.numbers}
    assert (numbers["bound_and"], numbers["most_and"]) == (51, changed.get("and_mistakes", 20))


@pytest.mark.parametrize(("solved", "verdict"), [(10, Verdict.HOLDS), (6, Verdict.UNDECIDED), (0, Verdict.FAILS)])
def test_a_hidden_layer_solves_xor_from_most_starts(solved, verdict):
    assert judge_hidden_layer(hidden_layer(solved)).verdict is verdict


@pytest.mark.parametrize(("error", "verdict"), [(1e-15, Verdict.HOLDS), (1e-8, Verdict.FAILS)])
def test_a_page_of_autodiff_gives_pytorchs_gradient(error, verdict):
    found = judge_autodiff(autodiff(error))
    assert found.verdict is verdict
    numbers = {number.key: number.interval.value for number in found.numbers}
    assert numbers["forward"] == numbers["backward"] * numbers["weights"]


def test_the_dates_are_those_of_the_decades_and_reverse_mode_came_after():
    assert [part.published.value for part in CLAIM.parts] == [1958, 1965, 1953]
    assert {part.published.value in YEARS_SAID for part in CLAIM.parts} == {True}
    assert REVERSE_YEAR == 1970


def test_milestones_are_in_order():
    years = [milestone.year for milestone in MILESTONES]
    assert years == sorted(years)
    early = Milestone(1950, "x", "network", "", PERCEPTRON)
    assert first(PERCEPTRON, (*MILESTONES, early)) is early


def test_years_are_those_of_the_sources():
    entries = parse_file(Path(__file__).parents[3] / "book" / "references.bib").entries
    told = {"baydin2018automatic", "schmidhuber2015deep", "linnainmaa1976taylor", "nvidia2026cuda", "he2016deep"}
    assert {m.citation for m in MILESTONES if int(entries[m.citation].fields["year"]) != m.year} == told
