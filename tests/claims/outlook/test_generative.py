import pandas as pd
import pytest

from lecture.claims.outlook.generative import SPLIT, numbers
from lecture.statistics import resampled_interval

LEVELS = {"copies": (0.5, 1.0, 0.98), "one Gaussian": (0.75, 0.6, 0.95), "mixture": (0.7, 0.7, 0.96),
          "network": (0.6, 0.65, 0.97)}  # fmt: skip


def test_the_network_beside_its_rivals():
    rows = [
        {
            "seed": seed,
            "source": source,
            "told_apart": told + 0.1 * told * spread,
            "near_training": near,
            "accuracy": right,
        }
        for source, (told, near, right) in LEVELS.items()
        for seed, spread in enumerate((-1, 0, 1))
    ]
    found = {m.key.removeprefix("generative_"): m.interval for m in numbers(pd.DataFrame(rows))}
    assert found["over_one_gaussian"].value == pytest.approx(15)
    assert found["over_one_gaussian"].low == pytest.approx(resampled_interval([13.5, 15, 16.5], *SPLIT).low)
    assert found["over_mixture"].value == pytest.approx(10)
    assert found["near_training_copies"].value == pytest.approx(100)
    assert found["accuracy_network"].value == pytest.approx(97)
