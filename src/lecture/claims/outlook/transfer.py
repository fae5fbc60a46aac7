"""C28: features of one task reused for another: which layers are worth borrowing."""

import pandas as pd

from lecture.claims.measurement import Measurement, exact, percent, points
from lecture.claims.selection import curves


def numbers(runs: pd.DataFrame) -> list[Measurement]:
    """Return what borrowed layers are worth.

    The number of layers called best is the best one of the means shown, which flatters it a little.
    """
    scores = by_layers(runs)
    fresh, frozen, tuned, random = (scores[kind] for kind in ("fresh", "frozen", "fine-tuned", "random, frozen"))
    layers: list[int] = frozen.columns.to_numpy(dtype=int).tolist()
    most, top = layers[-1], layers[int(frozen.mean().to_numpy().argmax())]
    levels = {
        "fresh": ("fresh network", fresh[0]),
        "frozen_top": (f"{top} borrowed layers, frozen", frozen[top]),
        "frozen_all": (f"{most} borrowed layers, frozen", frozen[most]),
        "tuned_all": (f"{most} borrowed layers, fine-tuned", tuned[most]),
        "random_all": (f"{most} layers never trained, frozen", random[most]),
    }
    return [
        exact("transfer_top", "number of frozen borrowed layers with the highest accuracy", top),
        exact("transfer_most", "convolutions in the network", most),
        *(
            percent(f"transfer_{key}", f"accuracy, {words}", right, colour="deep")
            for key, (words, right) in levels.items()
        ),
        points(
            "transfer_lost", f"accuracy lost by freezing {most} layers instead of {top}", frozen[top] - frozen[most]
        ),
    ]


def by_layers(runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return accuracies in percent, one row a seed and one column a number of layers, by kind.

    The kind ``"fresh"`` has one column, 0: nothing is borrowed.
    """
    kinds = runs["kind"].where(runs["layers"] > 0, "fresh")
    return curves(runs.assign(kind=kinds, percent=100 * runs["accuracy"]), "kind", "layers", "percent")
