from pathlib import Path

import pandas as pd
import pytest
from pybtex.database import parse_file

from lecture.claims.claim import Verdict
from lecture.claims.history import c02_roots, c05_alexnet, c06_name
from lecture.claims.history.c02_roots import YEARS
from lecture.data.literature.alexnet import BEFORE, Depth
from lecture.data.literature.milestones import FORWARD, MILESTONES, MULTILAYER, PERCEPTRON, REVERSE, Milestone, first

SEEDS = range(10)


def rule(and_mistakes=20, now=0, xor_now=3):
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


def hidden(solved=9):
    rows = [(seed, step, 0.1, 4 if step and seed < solved else 3) for seed in SEEDS for step in (0, 300)]
    return pd.DataFrame(rows, columns=["seed", "step", "loss", "right"])


def autodiff(error=1e-15):
    rows = [
        (seed, n, mode, 4 * n * (n if mode == "forward" else 1), error)
        for seed in SEEDS
        for n in (5, 129)
        for mode in ("forward", "backward")
    ]
    return pd.DataFrame(rows, columns=["seed", "weights", "mode", "multiplications", "error"])


@pytest.mark.parametrize(
    ("tables", "verdict"),
    [
        ((rule(), hidden(), autodiff()), Verdict.CAVEAT),
        ((rule(and_mistakes=52), hidden(), autodiff()), Verdict.FAILS),  # more mistakes than the theorem allows
        ((rule(now=1), hidden(), autodiff()), Verdict.FAILS),  # still making them
        ((rule(xor_now=0), hidden(), autodiff()), Verdict.FAILS),  # a line through XOR
        ((rule(), hidden(solved=6), autodiff()), Verdict.FAILS),  # a hidden layer that solves it about half the time
        ((rule(), hidden(), autodiff(1e-8)), Verdict.FAILS),  # another gradient than PyTorch's
    ],
)
def test_the_ingredients_have_to_work(tables, verdict):
    assert c02_roots.judge(*tables).verdict == verdict


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({REVERSE: 1969}, Verdict.HOLDS),
        ({PERCEPTRON: 1943}, Verdict.FAILS),
        ({MULTILAYER: 1970}, Verdict.FAILS),
        ({FORWARD: 1971}, Verdict.FAILS),
    ],
)
def test_the_dates_have_to_be_right(changed, verdict):
    assert c02_roots.judge(rule(), hidden(), autodiff(), years=YEARS | changed).verdict == verdict


def test_the_card_draws_the_dates_and_marks_the_late_one():
    finding = c02_roots.judge(rule(), hidden(), autodiff())
    drawn = [m for m in finding.measurements if m.key in finding.scale and m.unit == "year"]
    colours = {m.interval.value: m.colour for m in drawn}
    assert colours == {1958: "deep", 1964: "deep", 1965: "deep", 1970: "classical"}


def test_single_seeds_that_contradict_are_counted():
    assert c02_roots.judge(rule(), hidden(), autodiff()).opposite == pytest.approx(0.1)


def test_numbers_that_prose_quotes():
    found = {m.key: m.interval.value for m in c02_roots.judge(rule(), hidden(), autodiff()).measurements}
    assert found["forward"] == found["backward"] * found["weights"]
    assert (found["mistakes_and"], found["most_and"], found["bound_or"]) == (20, 20, 27)
    assert (found["year_perceptron"], found["year_reverse_mode"]) == (1958, 1970)


def test_milestones_are_in_order_and_cited():
    years = [milestone.year for milestone in MILESTONES]
    assert years == sorted(years)
    assert (years[0], years[-1]) == (1943, 2017)
    early = Milestone(1950, "x", "network", "", PERCEPTRON)
    assert first(PERCEPTRON, (*MILESTONES, early)) is early


def test_years_are_those_of_the_sources():
    entries = parse_file(Path(__file__).parents[3] / "book" / "references.bib").entries
    told = {"schmidhuber2015deep", "linnainmaa1976taylor", "nvidia2026cuda", "he2016deep"}  # the table says why
    other = {m.citation for m in MILESTONES if int(entries[m.citation].fields["year"]) != m.year}
    assert other == told


def layers(parameters=60_900_000, learned=8, after=6.5):
    rows = [
        (layout, 0, f"{kind}{i}", 1000, int(i <= learned) * parameters // learned, 10**6, 7.0, after)
        for layout in ("two towers", "one tower")
        for i in range(1, 10)
        for kind in (["conv"] if i < 6 else ["full"])
    ]
    columns = ["layout", "seed", "layer", "outputs", "parameters", "multiply_adds", "loss", "loss_after"]
    return pd.DataFrame(rows, columns=columns)


SHALLOW = (Depth("a", 1990, 3, "x"), Depth("b", 2000, 2, "x"))


@pytest.mark.parametrize(
    ("table", "before", "verdict"),
    [
        (layers(), BEFORE, Verdict.CAVEAT),  # ten layers before
        (layers(), (*SHALLOW, Depth("c", 2010, 4, "x")), Verdict.CAVEAT),
        (layers(), SHALLOW, Verdict.HOLDS),
        (layers(learned=7), SHALLOW, Verdict.FAILS),
        (layers(learned=9), SHALLOW, Verdict.FAILS),
        (layers(after=7.0), SHALLOW, Verdict.FAILS),  # it does not run
        (layers(parameters=54_000_000), SHALLOW, Verdict.FAILS),
        (layers(parameters=66_000_000), SHALLOW, Verdict.FAILS),
    ],
)
def test_eight_layers_and_what_was_before(table, before, verdict):
    assert c05_alexnet.judge(table, before).verdict == verdict


def test_shares_are_of_the_layers_that_learn():
    found = {m.key: m.interval.value for m in c05_alexnet.judge(layers()).measurements}
    assert found["layers"] == 8
    assert found["conv_parameters"] == pytest.approx(100 * 5 / 8)
    assert found["conv_multiply_adds"] == pytest.approx(100 * 5 / 8)
    assert found["before"] == 10


def test_a_name_is_cited():
    assert c06_name.CLAIM.find().verdict == Verdict.CITED
    assert set(c06_name.CLAIM.citations) >= {"dechter1986learning", "aizenberg2000multivalued", "hinton2006fast"}
    assert "schmidhuber2015who" in c06_name.CLAIM.citations
