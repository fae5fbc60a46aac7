"""Classical methods and networks meet the same examples."""

import pandas as pd
import torch

from lecture.experiments.saturation.scaling_classical import ScalingClassical
from lecture.experiments.saturation.scaling_deep import ScalingDeep

CPU = torch.device("cpu")


def test_both_use_the_same_sizes_seeds_and_test_sets_at_every_preset():
    for preset in ("smoke", "book"):
        classical, deep = ScalingClassical.preset(preset), ScalingDeep.preset(preset)
        assert (classical.sizes, classical.test, classical.seeds) == (deep.sizes, deep.test, deep.seeds)


def test_each_method_stops_at_its_largest_size():
    table = ScalingClassical.preset("smoke", most_svm=200).run(CPU)
    most = table.groupby("method", sort=False)["n"].max()
    assert most.to_dict() == {"logistic": 400, "neighbours": 400, "SVM": 200, "forest": 400, "boosting": 400}
    assert table["error"].between(0, 1).all()


def test_a_seed_alone_gets_what_it_gets_in_company():
    for experiment in (ScalingClassical, ScalingDeep):
        two = experiment.preset("smoke").run(CPU)
        one = experiment.preset("smoke", seeds=1, first_seed=1).run(CPU)
        pd.testing.assert_frame_equal(one, two[two["seed"] == 1].reset_index(drop=True), check_exact=True)


def test_networks_have_the_sizes_that_are_named():
    table = ScalingDeep.preset("smoke").run(CPU)
    assert list(table["method"].unique()) == ["CNN 16", "CNN 32"]
    assert len(table) == 2 * 2 * 4
