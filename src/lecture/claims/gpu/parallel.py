"""C17: what two processes compute together, beside what one computes alone, and what they say to each other."""

import pandas as pd

from lecture.claims.measurement import Measurement, exact, mean
from lecture.data.literature import gpus

BYTES, MEGA = 4, 1e6  # bytes of a float32 number, and of a megabyte


def halves(data_parallel: pd.DataFrame) -> list[Measurement]:
    """Return how far the averaged gradient of two half batches is from that of the whole."""
    by = data_parallel.set_index(["variant", "format"]).difference.sort_index()
    words = "difference of the gradients, {}"
    return [
        mean("halves", words.format("nothing looks at the batch"), by["plain", "float32"], "", ".0e"),
        mean("halves_double", words.format("the same in float64"), by["plain", "float64"], "", ".0e"),
        _percent_of(
            "halves_norm", words.format("each normalises its half"), by["batch normalisation, own half", "float32"]
        ),
        mean(
            "halves_norm_whole",
            words.format("statistics shared"),
            by["batch normalisation, whole batch", "float32"],
            "",
            ".0e",
        ),
        _percent_of("halves_drop", words.format("each draws its own dropout"), by["dropout, own lots", "float32"]),
        mean("halves_drop_same", words.format("the same lots drawn"), by["dropout, same lots", "float32"], "", ".0e"),
    ]


def towers(two_towers: pd.DataFrame) -> list[Measurement]:
    """Return how far AlexNet in two processes is from AlexNet in one, and how much crosses between them."""
    layers = two_towers[two_towers.layer != "outputs"].groupby("seed")
    one = two_towers[two_towers.seed == two_towers.seed.min()]
    crossing = one.set_index("layer")[["forward", "backward"]].sum(axis=1)
    gradients = BYTES * float(one.parameters.sum())
    return [
        exact(
            "towers",
            "difference of a layer's gradient, largest of layers and seeds",
            layers.difference.max().max(),
            "",
            ".0e",
        ),
        exact(
            "towers_across",
            "the same, normalised across the border, smallest of the seeds",
            layers.difference_across.max().min(),
            "",
            ".0e",
        ),
        exact("crossing", "sent by each of two towers, a step", gpus.BATCH * crossing.sum() / MEGA, "MB", ".0f"),
        exact("crossing_layer3", "of it at layer 3", 100 * crossing["conv3"] / crossing.sum(), "%", ".0f"),
        exact("gradients", "sent by each of two halves of the batch, a step", gradients / MEGA, "MB", ".0f"),
        exact("even", "images a step at which both send the same", gradients / crossing.sum(), "images", ",.0f"),
    ]


def _percent_of(key: str, quantity: str, found: "pd.Series[float]") -> Measurement:
    """Return a ratio in per cent; unlike a share it may pass 100."""
    return mean(key, quantity, 100 * found, "%", ".0f")
