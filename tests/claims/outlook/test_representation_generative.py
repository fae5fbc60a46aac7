import numpy as np
import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.outlook import generative, representation

SPREAD = (-0.01, 0.0, 0.01)
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


def probes(learned, pixels=0.7, untrained=0.5, few=0.8):
    rows = [
        {"seed": seed, "network": network, "layer": layer, "accuracy": mean + d * (seed + 1) / 2, "neighbour": mean}
        for network, layer, mean in (
            ("untrained", "pixels", pixels),
            ("untrained", "last hidden", untrained),
            ("no labels", "last hidden", learned),
            ("few labels", "last hidden", few),
        )
        for seed, d in enumerate(SPREAD)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("table", "verdict"),
    [
        (probes(0.9), Verdict.HOLDS),
        (probes(0.75), Verdict.CAVEAT),
        (probes(0.8), Verdict.CAVEAT),
        (probes(0.7), Verdict.FAILS),
        (probes(0.6), Verdict.FAILS),
        (probes(0.9, untrained=0.95), Verdict.FAILS),
        (probes(0.9, pixels=0.95), Verdict.FAILS),
    ],
)
def test_representation(table, verdict):
    assert representation.judge(table, PLACES).verdict == verdict


def test_representation_measures_leads_and_maps():
    found = {m.key: m.interval.value for m in representation.judge(probes(0.9), PLACES).measurements}
    assert found["over_pixels"] == pytest.approx(20)
    assert found["over_few"] == pytest.approx(10)
    assert found["probe_no_labels_last_hidden"] == pytest.approx(90, abs=1)
    assert found["near_pixels"] == pytest.approx(70)
    assert found["map_pixels"] == 0
    assert found["map_last_hidden"] == 100


def scores(network, near=0.6, useful=0.96, gaussian=0.75, mixture=0.7):
    rows = [
        {
            "seed": seed,
            "source": source,
            "told_apart": a + d * (1 + 0.1 * np.sign(a)),
            "near_training": b,
            "accuracy": c,
        }
        for source, a, b, c in (
            ("copies", 0.5, 1.0, 0.98),
            ("one Gaussian", gaussian, 0.6, 0.95),
            ("mixture", mixture, 0.7, 0.96),
            ("network", network, near, useful),
        )
        for seed, d in enumerate(SPREAD)
    ]
    table = pd.DataFrame(rows)
    noise = np.tile(SPREAD, 4) * np.repeat([0.1, 0.2, 0.3, 0.4], 3)
    return table.assign(near_training=table["near_training"] + noise, accuracy=table["accuracy"] + noise)


@pytest.mark.parametrize(
    ("table", "verdict"),
    [
        (scores(0.6), Verdict.HOLDS),
        (scores(0.72), Verdict.CAVEAT),
        (scores(0.7), Verdict.CAVEAT),
        (scores(0.6, useful=0.9), Verdict.CAVEAT),
        (scores(0.6, near=0.75), Verdict.CAVEAT),
        (scores(0.75), Verdict.FAILS),
        (scores(0.9), Verdict.FAILS),
        (scores(0.6, near=0.95), Verdict.FAILS),
    ],
)
def test_generative(table, verdict):
    assert generative.judge(table).verdict == verdict


def test_generative_measures():
    found = {m.key: m.interval.value for m in generative.judge(scores(0.6)).measurements}
    assert found["over_one_gaussian"] == pytest.approx(15)
    assert found["over_mixture"] == pytest.approx(10)
    assert found["near_training_copies"] == pytest.approx(100)
    assert found["useful_copies"] == pytest.approx(-2)
