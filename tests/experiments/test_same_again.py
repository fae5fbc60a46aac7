"""Every experiment, at the smoke preset: one seed alone gives bit for bit what it gives among others."""

import pandas as pd
import pytest

from lecture import devices
from lecture.experiments.registry import experiments

PILOTED = {"summary.ablation", "summary.depth"}
"""These report pilot seeds as well, and so have a test of their own."""
REPEATABLE = {name: e for name, e in experiments().items() if not e.exclusive and name not in PILOTED}
"""All others but those that measure time."""


@pytest.mark.parametrize("name", REPEATABLE)
def test_one_seed_alone_gives_what_it_gives_among_others(name):
    device = devices.pick("cpu")
    settings = REPEATABLE[name].preset("smoke")
    together = settings.run(device)
    if "seed" not in together or settings.seeds == 1:
        pd.testing.assert_frame_equal(settings.run(device), together, check_exact=True)
        return
    seed = settings.first_seed + 1
    alone = REPEATABLE[name].preset("smoke", seeds=1, first_seed=seed).run(device)
    among = together[together["seed"] == seed].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone.reset_index(drop=True), among, check_exact=True)
