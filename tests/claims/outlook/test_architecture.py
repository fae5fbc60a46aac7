"""Searches on tables whose best design is known."""

import numpy as np
import pandas as pd
import pytest

from lecture.claims.outlook import searches
from lecture.claims.outlook.architecture import numbers
from lecture.claims.outlook.searches import best_so_far, by_chance, by_evolution, by_halving, searched, tables
from lecture.models.design import space

STEPS = (20, 60, 180)


def records(score, default=0.5, early=None, seeds=5):
    """Return made-up records: ``score`` of each design at the end, ``early`` before."""
    rows = []
    for seed in range(seeds):
        for design in space():
            for steps in STEPS:
                value = score(design) if steps == STEPS[-1] or early is None else early(design)
                rows.append(
                    {
                        **vars(design),
                        "design": "searched",
                        "seed": seed,
                        "start": 0,
                        "steps": steps,
                        "validation": value + 0.001 * seed,
                        "multiply_adds": 100,
                    }
                )
        rows += [
            {
                **vars(space()[0]),
                "design": "default",
                "seed": seed,
                "start": start,
                "steps": steps,
                "validation": default,
                "multiply_adds": 100,
            }
            for start in range(2)
            for steps in STEPS
        ]
    return pd.DataFrame(rows).assign(test=lambda t: t["validation"])


def smooth(design):
    """Every good choice adds a little: what evolution is made for."""
    good = [design.layers == 3, design.channels == 25, design.kernel == 5, design.halving == "pooling", design.shortcut]
    return 0.3 + 0.1 * sum(good)


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    monkeypatch.setattr(searches, "REPETITIONS", 30)


def one():
    return tables(records(smooth))[0]


def test_no_search_trains_a_design_twice_and_chance_is_uniform():
    for order in (by_chance, by_evolution):
        orders = order(one(), 20, np.random.default_rng(0))
        assert orders.shape == (30, 20)
        assert all(len(set(row)) == 20 for row in orders.tolist())
    first = by_chance(one(), 32, np.random.default_rng(0))[:, 0]
    assert len(set(first.tolist())) > 12


def test_evolution_climbs_where_good_choices_add_up():
    found = searched(one(), 12, seed=0).pivot(index="tries", columns="search", values="test")

    assert found["evolution"][12] > found["random"][12] + 0.03
    assert found["evolution"].is_monotonic_increasing
    assert found["evolution"][1] == pytest.approx(found["random"][1], abs=0.05)


def test_the_mean_of_random_search_is_that_of_the_largest_of_a_sample(monkeypatch):
    monkeypatch.setattr(searches, "REPETITIONS", 4000)
    table = one()
    found = searched(table, 4, seed=0).set_index(["search", "tries"])["test"]
    below = np.array([(table.test <= v).sum() for v in np.unique(table.test)])
    chosen = np.array([np.prod([(k - i) / (32 - i) for i in range(4)]) for k in below])  # all four of 32 at most v

    assert found["random", 4] == pytest.approx(
        float((np.unique(table.test) * np.diff(chosen, prepend=0)).sum()), abs=0.004
    )


def test_the_best_so_far_is_the_first_with_the_highest_validation_score():
    table = one()
    orders = by_chance(table, 6, np.random.default_rng(1))
    expected = [[row[int(np.argmax(table.final[row[: k + 1]]))] for k in range(6)] for row in orders]

    assert best_so_far(table, orders).tolist() == [list(map(int, row)) for row in expected]


@pytest.mark.parametrize("tries", [1, 3, 8])
def test_halving_keeps_to_its_price(tries):
    _, price = by_halving(one(), tries, np.random.default_rng(0))

    assert (price <= tries).all()
    assert (price > tries - 1.2).all()


def test_halving_is_lost_where_the_start_misleads():
    honest = by_halving(one(), 8, np.random.default_rng(0))[0]
    fooled = tables(records(smooth, early=lambda design: -smooth(design)))[0]

    assert one().test[honest].mean() > fooled.test[by_halving(fooled, 8, np.random.default_rng(0))[0]].mean() + 0.1


def test_a_price_is_counted_in_trainings_of_the_default():
    found = searched(one(), 5, seed=0).set_index(["search", "tries"])["price"]

    assert found["random", 5] == pytest.approx(5.0)
    assert found["evolution", 3] == pytest.approx(3.0)


def test_the_numbers_prose_quotes():
    found = {m.key.removeprefix("architecture_"): m.interval.value for m in numbers(records(smooth))}

    assert found["designs"] == 32
    assert found["test_default"] == pytest.approx(50)
    assert found["regret_random"] > 0
    assert found["gain_evolution"] > found["gain_random"]
    assert found["luck"] == 0
