"""Another start, or normalisation: the gradient at the first layer, and what is learned."""

import numpy as np
import pandas as pd
import pytest

from lecture.claims.gradient_vanishing.c11_initialisation import judge
from lecture.claims.verdict import Verdict

NETWORKS = (("ReLU", "default", "none"), ("ReLU", "He", "none"), ("sigmoid", "Xavier", "none"),
            ("sigmoid", "Xavier", "batch"))  # fmt: skip
SATURATION = pd.DataFrame(
    [
        {"activation": "sigmoid", "layer": layer, "step": step, "seed": seed, "slope": 0.1 * layer + 0.01 * step}
        for layer in (1, 2)
        for step in (0, 9)
        for seed in range(3)
    ]
)
SHATTERED = pd.DataFrame(
    [
        {"network": network, "depth": depth, "distance": distance, "seed": seed, "correlation": right - distance}
        for (network, depth), right in zip(
            ((name, depth) for name in ("plain, batch norm", "shortcut, batch norm") for depth in (8, 56)),
            (0.9, 0.2, 0.8, 0.7),
            strict=True,
        )
        for distance in (0.1, 0.2)
        for seed in range(3)
    ]
)


def records(shares, losses, spread=0.1):
    """Return records of the four networks with the shares of the gradient and the losses given."""
    return pd.DataFrame(
        [
            {"activation": function, "init": start, "norm": norm, "rate": 0.1, "seed": seed,
             "share": share * np.exp(spread * (seed - 1) * (-1) ** place), "train_loss": loss + 0.01 * seed,
             "train_accuracy": 0.1 * (place + 1)}
            for place, ((function, start, norm), share, loss) in enumerate(zip(NETWORKS, shares, losses, strict=True))
            for seed in range(3)
        ]
    )  # fmt: skip


ARRIVING, LEARNING = (1e-5, 1.0, 1e-9, 1.0), (2.3, 1.2, 2.3, 1.4)


@pytest.mark.parametrize(
    ("shares", "losses", "spread", "verdict"),
    [
        (ARRIVING, LEARNING, 0.1, Verdict.HOLDS),
        ((1e-5, 1.0, 1.0, 1.0), LEARNING, 0.1, Verdict.FAILS),
        (ARRIVING, (2.3, 2.3, 2.3, 1.4), 0.1, Verdict.FAILS),
        (ARRIVING, LEARNING, 5.0, Verdict.UNDECIDED),
    ],
)
def test_both_must_bring_the_gradient_and_the_learning(shares, losses, spread, verdict):
    assert judge(records(shares, losses, spread), SATURATION, SHATTERED).verdict is verdict


def test_numbers_are_those_of_the_tables():
    found = judge(records(ARRIVING, LEARNING), SATURATION, SHATTERED)
    values = {number.key: number.interval.value for number in found.numbers}
    assert found.value.value == pytest.approx(5)
    assert values == pytest.approx(
        {"relu_default": 10, "relu_he": 20, "sigmoid_xavier": 30, "sigmoid_batch_norm": 40,
         "top_start": 0.2, "top_end": 0.29, "below_end": 0.19,
         "shattered_shallow": 0.8, "shattered_plain": 0.1, "shattered_residual": 0.6}
    )  # fmt: skip
