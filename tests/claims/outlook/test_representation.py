import pandas as pd
import pytest

from lecture.claims.outlook.representation import SPLIT, numbers
from lecture.statistics import resampled_interval

PLACES = pd.DataFrame(
    {
        "seed": 0,
        "layer": ["pixels"] * 4 + ["last hidden"] * 4,
        "image": [0, 1, 2, 3] * 2,
        "label": [1, 2, 1, 2, 1, 1, 2, 2],
        "x": [0, 0.1, 1, 0.9] * 2,
        "y": 0.0,
    }
)
LEVELS = {("untrained", "pixels"): 0.7, ("untrained", "last hidden"): 0.5, ("no labels", "last hidden"): 0.9,
          ("few labels", "last hidden"): 0.8}  # fmt: skip


def test_leads_levels_and_maps():
    rows = [
        {"seed": seed, "network": network, "layer": layer, "accuracy": mean + spread * mean, "neighbour": mean}
        for (network, layer), mean in LEVELS.items()
        for seed, spread in enumerate((-0.01, 0.0, 0.01))
    ]
    found = {m.key.removeprefix("representation_"): m.interval for m in numbers(pd.DataFrame(rows), PLACES)}
    assert found["over_pixels"].value == pytest.approx(20)
    assert found["over_pixels"].low == pytest.approx(resampled_interval([19.8, 20, 20.2], *SPLIT).low)
    assert found["probe_no_labels_last_hidden"].value == pytest.approx(90)
    assert found["near_pixels"].value == pytest.approx(70)
    assert (found["map_pixels"].value, found["map_last_hidden"].value) == (0, 100)
