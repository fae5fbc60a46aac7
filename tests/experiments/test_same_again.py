"""Every experiment, at the smoke preset: one seed alone gives bit for bit what it gives among others."""

import pandas as pd
import pytest

from lecture import devices, records
from lecture.experiments.registry import experiments

REPEATABLE = {name: e for name, e in experiments().items() if not e.exclusive and "smoke" in e.offered}
"""All but those that measure time, and those that need more than a test has."""


@pytest.mark.parametrize("name", REPEATABLE)
def test_one_seed_alone_gives_what_it_gives_among_others(name):
    device = devices.pick("cpu")
    devices.prepare(threads=1)  # as for the record
    settings = REPEATABLE[name].preset("smoke")
    together = records.read(settings)
    if "seed" not in together or settings.seeds == 1:
        pd.testing.assert_frame_equal(settings.run(device), together, check_exact=True)
        return
    seed = settings.first_seed + 1
    alone = REPEATABLE[name].preset("smoke", seeds=1, first_seed=seed).run(device)
    mine, among = (table[table["seed"] == seed].reset_index(drop=True) for table in (alone, together))  # no pilot seeds
    pd.testing.assert_frame_equal(mine, among, check_exact=True)
