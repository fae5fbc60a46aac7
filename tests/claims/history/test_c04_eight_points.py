import pytest
import torch

from lecture.claims.claim import Verdict
from lecture.claims.history.c04_eight_points import CLAIM, margins
from lecture.experiments.history.ilsvrc import Ilsvrc


@pytest.fixture
def table():
    return Ilsvrc().run(torch.device("cpu"))


def alexnet(table, networks=(1, 5, 7)):
    return (table.part == "paper") & table.deep & table.networks.isin(networks)


def test_the_margins_are_the_papers(table):
    found = margins(table)
    assert found.margin.to_list() == [8.2, 8.7, 8.0, 9.8, 9.6, 10.9]
    assert found.extra.to_list() == [False] * 4 + [True] * 2
    assert found.year.to_list() == [2010] * 2 + [2012] * 4


def test_eight_points_are_there_but_the_winner_is_further_ahead(table):
    finding = CLAIM.find(table)
    assert finding.verdict == Verdict.CAVEAT
    numbers = {m.key: m.interval.value for m in finding.measurements}
    assert numbers["ahead"] == pytest.approx(10.9)
    assert (numbers["comparisons"], numbers["about_eight"]) == (6, 2)
    assert numbers["extra_gain"] == pytest.approx(1.1)


def test_a_winner_eight_points_ahead_confirms_it(table):
    table.loc[alexnet(table, [7]), "error"] = 18.0
    assert CLAIM.find(table).verdict == Verdict.HOLDS


@pytest.mark.parametrize("shift", [5, -5])
def test_no_fair_comparison_near_eight_refutes_it_either_way(table, shift):
    table.loc[alexnet(table), "error"] += shift
    assert CLAIM.find(table).verdict == Verdict.FAILS


def test_eight_points_with_more_images_only_are_not_fair(table):
    table.loc[alexnet(table, [1, 5]), "error"] = 25.0
    table.loc[alexnet(table, [7]), ["error", "place"]] = 18.0, 0
    table.loc[alexnet(table, [5]), "place"] = 1
    assert CLAIM.find(table).verdict == Verdict.FAILS


def test_each_year_has_a_winner_and_no_later_year_is_worse(table):
    challenge = table[(table.part == "challenge") & ~table.extra]
    assert set(challenge[challenge.place == 1].year) == set(range(2010, 2018))
    assert challenge.groupby("year").error.min().is_monotonic_decreasing


def test_who_used_more_images_was_better_than_without(table):
    challenge = table[(table.part == "challenge") & (table.place == 1)].set_index(["year", "extra"]).error
    assert all(challenge[year, True] < challenge[year, False] for year in (2012, 2013))


def test_the_paper_and_the_challenge_agree(table):
    both = table[(table.year == 2012) & (table.networks > 1)].groupby(["networks", "part"]).error.first().unstack()
    assert (both.paper == both.challenge).all()
