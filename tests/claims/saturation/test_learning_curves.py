import numpy as np
import pandas as pd
import pytest

from lecture.claims.saturation.learning_curves import by_method, forecast, frontier, grid, law, shares
from lecture.power_law import PowerLaw

LAW = PowerLaw(20.0, 0.6, 0.5)
SIZES = [1000, 3000, 10_000, 30_000, 100_000]
ERRORS = pd.DataFrame([[100 * float(LAW.at(n)) * scale for n in SIZES] for scale in (0.99, 1.01)], columns=SIZES)


def test_the_last_tripling_is_read_off_between_the_sizes_beside_it():
    sizes = [1000, 3000, 10_000]
    errors = pd.DataFrame([[100 * n**-0.5 for n in sizes]], columns=sizes)
    assert shares(errors) == pytest.approx([100 * (1 - 3**-0.5)])
    assert shares(errors, 10) == pytest.approx([100 * (1 - 10**-0.5)])


def test_the_envelope_is_what_no_smaller_budget_beats():
    cells = [
        (8, 1, 10, 0.60),
        (16, 1, 20, 0.40),
        (8, 2, 30, 0.45),
        (4, 9, 40, 0.35),
        (32, 1, 40, 0.30),
        (16, 4, 80, 0.30),
    ]
    table = pd.DataFrame(
        [(seed, *cell[:3], cell[3] + 0.01 * seed) for cell in cells for seed in (-1, 1)],
        columns=["seed", "channels", "steps", "multiply_adds", "error"],
    )
    found = frontier(grid(table))
    assert list(found.columns) == [20, 40]
    assert found.mean().to_numpy() == pytest.approx([40, 30])


def test_a_forecast_has_not_seen_the_largest_size():
    spoiled = ERRORS.copy()
    spoiled[100_000] *= 0.5
    assert forecast(spoiled).law == forecast(ERRORS).law
    assert law(spoiled).law != law(ERRORS).law


def test_too_few_sizes_give_no_law():
    assert law(ERRORS.iloc[:, :3]) is None
    assert forecast(ERRORS.iloc[:, :4]) is None


def test_methods_go_by_their_names():
    rows = [(seed, method, n, 0.1) for seed in (0, 1) for method in ("SVM", "fixed", "family") for n in (1, 2)]
    table = pd.DataFrame(rows, columns=["seed", "method", "n", "error"])
    found = by_method(table[table["method"] == "SVM"], table[table["method"] != "SVM"])
    assert list(found) == ["svm", "fixed", "family"]
    assert np.allclose(found["svm"], 10)
