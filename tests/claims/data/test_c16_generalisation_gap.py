from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pybtex.database import parse_file

from lecture.claims.claim import Verdict
from lecture.claims.data.c16_generalisation_gap import CLAIM, by_width
from lecture.claims.data.memorisation import memorised, steps_to_fit
from lecture.data.literature.image_sets import ALEXNET_WEIGHTS, CALTECH_101, ILSVRC_2012, SETS
from lecture.experiments.data.generalisation_gap import GeneralisationGap

SIZES = (100, 300, 1000, 3000, 9146, 30000)
REFERENCES = parse_file(Path(__file__).parents[3] / "book" / "references.bib").entries


def table(small, large, errors=(50, 40)):
    """Records with gaps, points, at the first, the last but one and the last size, between them on a straight line."""
    rows = [
        (width, width * 60, n, seed, 0.0, 1 - (error - gap - 0.1 * seed) / 100, 1.0, 1 - error / 100)
        for width, ends, error in ((25, small, errors[0]), (100, large, errors[1]))
        for n, gap in zip(SIZES, [*np.linspace(ends[0], ends[1], 5), ends[2]], strict=True)
        for seed in range(5)
    ]
    names = "width parameters examples seed train_loss train_accuracy test_loss test_accuracy"
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


def values(finding):
    return {m.key: m.interval.value for m in finding.measurements}


def test_gap_and_error_are_in_points():
    gap, error = by_width(table((40, 10, 2), (45, 30, 20)))
    assert list(gap) == [25, 100]
    assert gap[100].loc[0, [100, 9146, 30000]].tolist() == pytest.approx([45, 30, 20])
    assert error[25].loc[0, 100] == pytest.approx(50)


@pytest.mark.parametrize(
    ("small", "large", "learned", "verdict"),
    [
        ((40, 10, 2), (45, 15, 3), 0.5, Verdict.HOLDS),
        ((40, 10, 2), (45, 15, 3), 1.0, Verdict.CAVEAT),
        ((40, 10, 2), (45, 30, 20), 0.5, Verdict.CAVEAT),
        ((40, 2, 2), (45, 30, 20), 0.5, Verdict.CAVEAT),  # what is closed need not shrink further
        ((40, 2, 8), (45, 30, 20), 0.5, Verdict.FAILS),  # but must not open again
        ((40, 10, 2), (45, 20, 25), 0.5, Verdict.FAILS),
        ((40, 45, 2), (45, 30, 20), 1.0, Verdict.FAILS),
    ],
)
def test_the_gap_must_shrink_and_close_in_every_network_and_no_room_for_memory_be_left(small, large, learned, verdict):
    assert CLAIM.find(table(small, large), labels(learned)).verdict == verdict


def test_the_numbers_prose_quotes():
    found = values(CLAIM.find(table((40, 10, 2), (45, 30, 20)), labels()))
    assert found["large_most_gap"] == pytest.approx(20.2)
    assert found["small_few_gap"] == pytest.approx(40.2)
    assert found["shrinks_by"] == pytest.approx(10)
    assert found["mark"] == found["caltech"] == 9146
    assert found["large_examples_per_weight"] == pytest.approx(5)
    assert found["alexnet_examples_per_weight"] == pytest.approx(0.0214, rel=0.01)
    assert found["wider_most"] == pytest.approx(18)
    assert found["wider_sizes"] == found["sizes"] == 6
    assert found["better_most"] == pytest.approx(10)
    assert found["alike"] == pytest.approx(6000 * ILSVRC_2012.images / ALEXNET_WEIGHTS)


@pytest.mark.parametrize(("errors", "worse"), [((50, 40), 0), ((40, 50), 6)])
def test_it_counts_where_the_larger_network_is_worse(errors, worse):
    assert values(CLAIM.find(table((40, 10, 2), (45, 30, 20), errors), labels()))["worse_sizes"] == worse


def test_a_gap_that_follows_a_power_law_is_drawn_on_along_it():
    records = table((40, 10, 2), (45, 30, 20))
    of_large = records["width"] == 100
    gap = 0.5 * (records["examples"] / 1000.0) ** -0.5
    records.loc[of_large, "train_accuracy"] = records["test_accuracy"] + gap
    found = values(CLAIM.find(records, labels()))
    assert found["beyond_exponent"] == pytest.approx(0.5, abs=0.01)
    assert found["beyond_gap"] == pytest.approx(50 * (1281167 / 1000) ** -0.5, rel=0.05)
    at = np.interp(np.log(found["alike"]), np.log(SIZES), 50 * (np.array(SIZES) / 1000) ** -0.5)
    assert found["alike_gap"] == pytest.approx(at)


def test_learning_by_heart_is_timed_to_the_first_look_with_nearly_all_labels_right():
    rows = labels()
    assert (steps_to_fit(rows[rows["share"] == 0]) == 100).all()
    found = {m.key: m.interval.value for m in memorised(rows)}
    assert found["random_slower"] == pytest.approx(2)
    assert found["true_test"] == pytest.approx(50)
    assert found["random_train"] == pytest.approx(100)
    never = labels(0.5)
    assert (steps_to_fit(never[never["share"] == 1]) == 400).all()


def test_sizes_stand_in_the_order_of_the_years_and_have_sources():
    assert [found.year for found in SETS] == sorted(found.year for found in SETS)
    assert {found.citation for found in SETS} <= set(REFERENCES)
    for found in SETS:  # a set is described in the year of its paper, or it went on growing
        assert int(REFERENCES[found.citation].fields["year"]) - found.year in range(4)


def test_one_number_of_examples_is_caltechs():
    assert GeneralisationGap().examples[-2] == CALTECH_101.images
