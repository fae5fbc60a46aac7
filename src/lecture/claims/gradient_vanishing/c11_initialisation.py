"""C11: there are other explanations of vanishing gradients."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, key_of, mean, percent
from lecture.claims.selection import at_best_rate, groups
from lecture.claims.verdict import Verdict
from lecture.statistics import compare_several

PAIRS = {
    "start": (("ReLU", "default", "none"), ("ReLU", "He", "none")),
    "normalisation": (("sigmoid", "Xavier", "none"), ("sigmoid", "Xavier", "batch")),
}
"""For each explanation two networks of the same function: one as it was, one with that single thing changed."""
ARRIVES = Smallest(3.0, "a thousand times less gradient makes a thousand steps of one")
LEARNS = 0.5  # nats of training loss, of the 2.3 that guessing costs


def judge(initialisation: pd.DataFrame, saturation: pd.DataFrame, shattered: pd.DataFrame) -> Finding:
    """Ask of each explanation whether it alone brings the gradient to the first layer and makes the network learn."""
    best = dict(groups(at_best_rate(initialisation, by=["activation", "init", "norm"]), "activation", "init", "norm"))
    share, loss = (
        {network: runs[column].to_numpy() for network, runs in best.items()} for column in ("share", "train_loss")
    )
    arrives = compare_several(
        {name: (np.log10(share[after]), np.log10(share[before])) for name, (before, after) in PAIRS.items()},
        smallest=ARRIVES.value,
    )
    learns = compare_several(
        {name: (loss[before], loss[after]) for name, (before, after) in PAIRS.items()}, smallest=LEARNS
    )
    numbers = [
        percent(
            key_of(f"{function} {'batch norm' if norm == 'batch' else start}"),
            f"training accuracy, {function}, {'batch norm' if norm == 'batch' else f'{start} start'}",
            100 * best[function, start, norm]["train_accuracy"],
            colour=function.lower(),
        )
        for pair in PAIRS.values()
        for function, start, norm in pair
    ]
    drawn = tuple(number.key for number in numbers)
    numbers += _top(saturation[saturation["activation"] == "sigmoid"])
    numbers += _shattered(shattered)
    return conclude(*arrives.values(), *learns.values(), numbers=numbers, drawn=drawn)


def _top(sigmoid: pd.DataFrame) -> list[Measurement]:
    """Measure the slope of the top hidden layer before and after training, and of the layer below it at the end."""
    top, start, end = sigmoid["layer"].max(), sigmoid["step"].min(), sigmoid["step"].max()
    places = {"top_start": (top, start), "top_end": (top, end), "below_end": (top - 1, end)}
    slopes = sigmoid.set_index(["layer", "step"])["slope"].sort_index()
    return [
        mean(
            key,
            f"mean slope of hidden layer {place[0]} of {top}, sigmoid, at the {key.partition('_')[2]}",
            slopes.loc[place],
            spec=".3f",
        )
        for key, place in places.items()
    ]


def _shattered(shattered: pd.DataFrame) -> list[Measurement]:
    """Measure how much the gradients at the nearest two places have in common, with batch normalisation."""
    near = shattered[shattered["distance"] == shattered["distance"].min()]
    runs = dict(groups(near.sort_values("seed"), "network", "depth"))
    shallow, deep = near["depth"].min(), near["depth"].max()
    places = {"shallow": ("plain", shallow), "plain": ("plain", deep), "residual": ("shortcut", deep)}
    return [
        mean(
            f"shattered_{key}",
            f"correlation of gradients at neighbouring places, {depth} layers, {network}, batch norm",
            runs[f"{network}, batch norm", depth]["correlation"],
        )
        for key, (network, depth) in places.items()
    ]


CLAIM = Claim(
    id="C11",
    headline="Right: the start and normalisation decide as much",
    expected=(Verdict.HOLDS,),
    parts=(
        Part(
            quantity=Quantity(
                "gradient at the first layer gained by He's start, ReLU both", "orders of magnitude", ".1f", "relu"
            ),
            smallest=ARRIVES,
            refuted_by="With 16 hidden layers, ReLU has from torch's default start as much gradient at its first layer "
            "and as low a training loss as from He's; or the sigmoid without batch normalisation as with it.",
            judge=judge,
            published=Reported(Verdict.HOLDS, "glorot2010understanding", "abstract", "up to five hidden layers"),
            says="Another start of the weights brings substantially faster convergence.",
            citations=(
                "he2015delving",
                "ioffe2015batch",
                "saxe2014exact",
                "pennington2017resurrecting",
                "balduzzi2017shattered",
            ),
        ),
    ),
    why="The shape of the function is not the whole story. ReLU itself stays stuck from torch's default start and "
    "learns from He's; the sigmoid learns as soon as each layer is normalised.",
    figure="gradient_vanishing/plot_initialisation",
)
