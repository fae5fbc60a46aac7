"""Properties of all experiments of the chapter: same settings, same table, bit for bit."""

import pandas as pd
import pytest

from lecture import devices
from lecture.experiments.registry import find

NAMES = [
    "look_around",
    "descent",
    "step_size",
    "sigmoid",
    "gradient_norm",
    "stall",
    "initialisation",
    "activations",
    "race",
    "remedies",
    "residual",
    "residual_thousand",
    "recall_rnn",
    "recall_lstm",
    "recall_gru",
    "through_time",
    "explosion",
]
NAMES += ["saturation", "jacobian"]


@pytest.mark.parametrize("name", NAMES)
def test_one_seed_alone_gives_what_it_gives_among_others(name):
    experiment = find(f"gradient_vanishing.{name}")
    device = devices.pick("cpu")
    both = experiment.preset("smoke").run(device)
    if "seed" not in both:
        pd.testing.assert_frame_equal(experiment.preset("smoke").run(device), both, check_exact=True)
        return
    alone = experiment.preset("smoke", seeds=1, first_seed=1).run(device)
    among = both[both["seed"] == 1].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, among, check_exact=True)
