"""C28: what hidden layers know.

All seeds split one pool of images, so the intervals speak of this pool, of splits and of starts.
"""

import pandas as pd

from lecture.claims.claim import Finding, Measurement, Verdict, key_of
from lecture.claims.part import Part
from lecture.claims.selection import groups
from lecture.experiments.outlook.representation import Representation
from lecture.experiments.outlook.representation_map import RepresentationMap
from lecture.statistics import Interval, difference_interval, mean_interval

LAST = "last hidden"


def percents(table: pd.DataFrame, score: str = "accuracy") -> dict[tuple[str, str], pd.Series]:
    """Return a score in per cent, one number a seed, by network and layer; the pixels belong to no network."""
    return {
        ("", layer) if layer == "pixels" else (network, layer): 100 * runs.set_index("seed")[score].sort_index()
        for (network, layer), runs in groups(table, "network", "layer")
    }


def judge(table: pd.DataFrame, places: pd.DataFrame) -> Finding:
    """Ask whether a layer learned without labels beats pixels, chance features, and learning from the few labels."""
    found, near = percents(table), percents(table, "neighbour")
    learned = found["no labels", LAST]
    over = {
        "pixels": difference_interval(learned, found["", "pixels"]),
        "untrained": difference_interval(learned, found["untrained", LAST]),
        "few": difference_interval(learned, found["few labels", LAST]),
    }
    if not (over["pixels"].above(0) and over["untrained"].above(0)):
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.HOLDS if over["few"].above(0) else Verdict.CAVEAT
    words = {
        "pixels": "pixels",
        "untrained": "the same layer of the untrained network",
        "few": "the same layer trained on the few labels",
    }
    lead = [
        Measurement(
            f"over_{key}",
            f"accuracy of a probe on the layer learned without labels, less that on {words[key]}",
            change,
            "points",
            "+.1f",
            colour="deep",
        )
        for key, change in over.items()
    ]
    return Finding(
        verdict,
        (
            *lead,
            *(_percent("probe", "accuracy of a probe", *case, scores) for case, scores in found.items()),
            *(_percent("near", "share with a neighbour of the same class", *case, s) for case, s in near.items()),
            *(
                Measurement(
                    f"map_{key_of(layer)}", f"digits whose neighbour on the map agrees, {layer}", share, "%", ".0f"
                )
                for layer, share in agreement(places).items()
            ),
        ),
    )


def agreement(places: pd.DataFrame) -> dict[str, Interval]:
    """Return, for each map, the share of its digits whose nearest neighbour on it is of their class, in per cent."""
    return {layer: Interval.exact(100 * float(agrees(part).mean())) for layer, part in groups(places, "layer")}


def agrees(part: pd.DataFrame) -> pd.Series:
    """Tell, for each digit of one map, whether the one nearest to it is of its class."""
    x, y, labels = (part[column].to_numpy() for column in ("x", "y", "label"))
    far = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
    far[range(len(far)), range(len(far))] = float("inf")
    return pd.Series(labels[far.argmin(1)] == labels, index=part.index)


def _percent(name: str, quantity: str, network: str, layer: str, scores: pd.Series) -> Measurement:
    words = f"{quantity}, {layer}, {network}" if network else f"{quantity}, {layer}"
    key = key_of(f"{network} {layer}" if network else layer)
    colour = "deep" if network == "no labels" else "neutral" if network else "classical"
    return Measurement(f"{name}_{key}", words, mean_interval(scores), "%", ".1f", colour=colour)


PART = Part(
    key="representation",
    says="representation learning",
    refuted_by=(
        "With ten labels a class, a linear probe on the last hidden layer, learned without labels, is no better than "
        "one on raw pixels or than one on the same layer before training. A caveat is due if it does not beat the same "
        "network trained on the few labels alone, under the same distortions."
    ),
    expected=Verdict.CAVEAT,
    experiments=(Representation, RepresentationMap),
    judge=judge,
    citations=("bengio2013representation", "alain2016understanding", "chen2020simple", "vandermaaten2008visualizing"),
)
