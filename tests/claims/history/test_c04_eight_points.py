from pathlib import Path

import pytest
from pybtex.database import parse_file

from lecture.claims.history.c04_eight_points import CLAIM
from lecture.data.literature import ilsvrc
from lecture.data.literature.alexnet import INGREDIENTS
from lecture.data.literature.ilsvrc import CHALLENGE, PAPER, leads


def test_the_leads_are_the_papers():
    found = leads()
    assert [lead.points for lead in found] == [8.2, 8.7, 8.0, 9.8, 9.6, 10.9]
    assert [lead.alexnet.extra for lead in found] == [False] * 4 + [True] * 2
    assert [lead.alexnet.year for lead in found] == [2010] * 2 + [2012] * 4
    assert {lead.others.deep for lead in found} == {False}


def test_each_lead_has_the_name_that_fits():
    assert (ilsvrc.TOP_1_OF_2010.alexnet.guesses, ilsvrc.TOP_5_OF_2010.alexnet.guesses) == (1, 5)
    assert (ilsvrc.ONE_NETWORK.alexnet.networks, ilsvrc.ENSEMBLES.alexnet.networks) == (1, 5)
    assert ilsvrc.WINNER.alexnet.place == 1
    assert (ilsvrc.OTHERS_2010, ilsvrc.ALEXNET_2010, ilsvrc.LEAD_WINNER) == (25.7, 17.0, 10.9)
    assert (ilsvrc.BEST_OF_2017, ilsvrc.BEST_PERSON) == (2.25, 5.1)


def test_the_card_compares_several_models_with_several():
    assert CLAIM.parts[1].published.value == pytest.approx(9.8)


def test_ingredients_are_in_order_and_dated_as_their_sources():
    entries = parse_file(Path(__file__).parents[3] / "book" / "references.bib").entries
    assert [part.year for part in INGREDIENTS] == [int(entries[part.citation].fields["year"]) for part in INGREDIENTS]
    assert [part.year for part in INGREDIENTS] == sorted(part.year for part in INGREDIENTS)
    assert CLAIM.parts[0].published.says == "Of 8 ingredients 7 are older."


def test_each_year_has_a_winner_and_no_later_year_is_worse():
    supplied = [result for result in CHALLENGE if not result.extra]
    best = {year: min(r.error for r in supplied if r.year == year) for year in range(2010, 2018)}
    assert list(best.values()) == sorted(best.values(), reverse=True)
    assert {result.year for result in supplied if result.place == 1} == set(best)


def test_who_used_more_images_was_better_than_without():
    winners = {(result.year, result.extra): result.error for result in CHALLENGE if result.place == 1}
    assert all(winners[year, True] < winners[year, False] for year in (2012, 2013))


def test_the_paper_and_the_challenge_agree():
    def several(results):
        return {(r.networks, r.error) for r in results if r.deep and r.year == 2012 and r.networks > 1}

    assert several(PAPER) == several(CHALLENGE)
