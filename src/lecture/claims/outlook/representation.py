"""C28: what hidden layers know."""

import pandas as pd

from lecture.claims.measurement import Measurement, exact, key_of, percent, points
from lecture.claims.selection import groups
from lecture.experiments.outlook.representation import Representation
from lecture.statistics import compare, resampled_interval

LAST = "last hidden"
SPLIT = Representation.images, Representation.test  # all seeds split one pool of images


def numbers(representation: pd.DataFrame, representation_map: pd.DataFrame) -> list[Measurement]:
    """Return what probes and neighbours find in the pixels and in the last hidden layer."""
    found, near = by_layer(representation), by_layer(representation, "neighbour")
    pixels, learned = ("", "pixels"), ("no labels", LAST)
    probed = (pixels, learned, ("untrained", LAST), ("few labels", LAST))
    over = compare(found[learned], found[pixels], split=SPLIT).interval
    mapped = "digits with such a neighbour on the map"
    words = "accuracy of a probe on the layer learned without labels, less that on pixels"
    return [
        points("representation_over_pixels", words, over, colour="deep"),
        *(_level("probe", "accuracy of a probe", *case, found[case]) for case in probed),
        *(_level("near", "share with a neighbour of the same class", *case, near[case]) for case in (pixels, learned)),
        *(
            exact(f"representation_map_{key_of(layer)}", f"{mapped}, {layer}", share, "%")
            for layer, share in agreement(representation_map).items()
        ),
    ]


def by_layer(table: pd.DataFrame, score: str = "accuracy") -> dict[tuple[str, str], "pd.Series[float]"]:
    """Return a score in per cent, one number a seed, by network and layer; the pixels belong to no network."""
    return {
        ("", layer) if layer == "pixels" else (network, layer): 100 * runs.set_index("seed")[score].sort_index()
        for (network, layer), runs in groups(table, "network", "layer")
    }


def agreement(places: pd.DataFrame) -> dict[str, float]:
    """Return, for each map, the share of its digits whose nearest neighbour on it is of their class, in per cent."""
    return {layer: 100 * float(agrees(part).mean()) for layer, part in groups(places, "layer")}


def agrees(part: pd.DataFrame) -> "pd.Series[bool]":
    """Tell, for each digit of one map, whether the one nearest to it is of its class."""
    x, y, labels = (part[column].to_numpy() for column in ("x", "y", "label"))
    far = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
    far[range(len(far)), range(len(far))] = float("inf")
    return pd.Series(labels[far.argmin(1)] == labels, index=part.index)


def _level(name: str, quantity: str, network: str, layer: str, scores: "pd.Series[float]") -> Measurement:
    words = f"{quantity}, {layer}, {network}" if network else f"{quantity}, {layer}"
    key = f"representation_{name}_{key_of(f'{network} {layer}')}"
    colour = "deep" if network == "no labels" else "neutral" if network else "classical"
    return percent(key, words, resampled_interval(scores, *SPLIT), ".1f", colour)
