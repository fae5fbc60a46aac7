from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pybtex.database import parse_file

from lecture.claims.data.c16_generalisation_gap import by_width, judge_gap
from lecture.claims.data.memorisation import memorised, steps_to_fit
from lecture.claims.verdict import Verdict
from lecture.data.literature.image_sets import CALTECH_101, SETS, WEIGHTS_PER_IMAGE
from lecture.experiments.data.generalisation_gap import GeneralisationGap

SIZES = (100, 300, 1000, 3000, 9146, 30000)
REFERENCES = parse_file(Path(__file__).parents[3] / "book" / "references.bib").entries


def table(large, errors=(50, 40), passes=20.0, spread=0.1):
    """Records whose large network has these gaps, points, at the first and the last size, on a line between them."""
    rows = [
        (
            width,
            width * 60,
            n,
            seed,
            passes if n == 30000 else 50.0,
            0.1,
            1 - (error - gap - spread * seed) / 100,
            1.0,
            1 - error / 100,
        )
        for width, ends, error in ((25, (40, 2), errors[0]), (100, large, errors[1]))
        for n, gap in zip(SIZES, np.linspace(*ends, 6), strict=True)
        for seed in range(5)
    ]
    names = "width parameters examples seed passes train_loss train_accuracy test_loss test_accuracy"
    return pd.DataFrame(rows, columns=names.split())


def labels(learned=1.0):
    """Records of a network that has true labels after 100 steps, and a share of the random ones after 200."""
    settings = [("signals", 0.0, 1.0, 100), ("signals", 1.0, learned, 200), ("noise", 1.0, learned, 300)]
    rows = [
        (inputs, share, seed, step, end if step >= needed else 0.1, 0.5 if share == 0 else 0.1)
        for inputs, share, end, needed in settings
        for seed in range(3)
        for step in range(0, 401, 100)
    ]
    return pd.DataFrame(rows, columns=["inputs", "share", "seed", "step", "train_accuracy", "test_accuracy"])


def values(measurements):
    return {m.key: m.interval.value for m in measurements}


def test_gap_and_error_are_in_points():
    gap, error = by_width(table((45, 20)))
    assert list(gap) == [25, 100]
    assert gap[100].loc[0, [100, 30000]].tolist() == pytest.approx([45, 20])
    assert error[25].loc[0, 100] == pytest.approx(50)


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (table((45, 3)), Verdict.HOLDS),
        (table((45, 20)), Verdict.FAILS),
        (table((45, 4), spread=0.5), Verdict.UNDECIDED),  # the interval reaches over the bar
        (table((45, 3), passes=-1.0), Verdict.UNDECIDED),  # the largest set was not learned like the others
        (table((45, 20), passes=-1.0), Verdict.UNDECIDED),
    ],
)
def test_the_gap_must_be_closed_where_all_sizes_were_learned_alike(records, verdict):
    assert judge_gap(records, labels()).verdict is verdict


def test_the_numbers_prose_quotes():
    finding = judge_gap(table((45, 20)), labels())
    found = values(finding.numbers)
    assert finding.value.value == pytest.approx(20.2)
    assert found["small_most_gap"] == pytest.approx(2.2)
    assert found["large_weights"] == 6000
    assert found["alike"] == pytest.approx(6000 / WEIGHTS_PER_IMAGE)
    assert found["alike_gap"] == pytest.approx(
        np.interp(np.log(found["alike"]), np.log(SIZES), np.linspace(45.2, 20.2, 6))
    )
    assert found["random_train"] == pytest.approx(100)
    assert (found["few_passes"], found["most_passes"]) == (50, 20)


@pytest.mark.parametrize(("errors", "worse"), [((50, 40), 0), ((40, 50), 6)])
def test_it_counts_where_the_larger_network_is_worse(errors, worse):
    assert values(judge_gap(table((45, 20), errors), labels()).numbers)["worse_sizes"] == worse


def test_learning_by_heart_is_timed_to_the_first_look_with_nearly_all_labels_right():
    rows = labels()
    assert (steps_to_fit(rows[rows["share"] == 0]) == 100).all()
    found = values(memorised(rows))
    assert found["random_slower"] == pytest.approx(2)
    assert found["true_test"] == pytest.approx(50)
    never = labels(0.5)
    assert (steps_to_fit(never[never["share"] == 1]) == 400).all()


def test_sizes_stand_in_the_order_of_the_years_and_have_sources():
    assert [found.year for found in SETS] == sorted(found.year for found in SETS)
    assert {found.citation for found in SETS} <= set(REFERENCES)
    for found in SETS:  # a set is described in the year of its paper, or it went on growing
        assert int(REFERENCES[found.citation].fields["year"]) - found.year in range(4)


def test_one_number_of_examples_is_caltechs():
    assert GeneralisationGap().examples[-2] == CALTECH_101.images
