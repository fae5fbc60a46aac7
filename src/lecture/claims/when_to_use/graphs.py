"""C22, the half about graphs: what a graph network wins over one that ignores the graph, and over older methods."""

from dataclasses import dataclass

import pandas as pd

from lecture.claims.claim import Measurement, Published
from lecture.statistics import Interval, difference_interval, mean_interval

THRESHOLD = 1.0  # where blocks become detectable in large graphs without labels (Decelle et al. 2011)
BELOW, ABOVE = 0.5, 2.0  # strengths at most and at least, to be clearly on one side
QUARTER = 0.25
MODELS = {
    "graph network": ("graph", "deep"),
    "blind": ("blind", "neutral"),
    "propagation": ("propagation", "classical"),
    "belief": ("belief", "classical"),
}
WORDS = {
    "blind": "the same network without the graph",
    "propagation": "label propagation",
    "belief": "belief propagation",
}
ZACHARY = Published(100 * 33 / 34, "zachary1977information", "all members but one, from both leaders and the flow")


@dataclass(frozen=True)
class OnGraphs:
    """What the predicate of C22 needs to know about graphs.

    Attributes:
        done: The graph network wins much on both kinds of graphs, and next to nothing below the threshold.
        work: It does not beat label propagation on both.
        measurements: What prose and card may quote.
    """

    done: bool
    work: bool
    measurements: tuple[Measurement, ...]


def measure(club: pd.DataFrame, blocks: pd.DataFrame, *, much: float) -> OnGraphs:
    """Compare the models by seed, among nodes whose label was not known.

    Args:
        club: Records of ``when_to_use.graph_club``.
        blocks: Records of ``when_to_use.graph_blocks``.
        much: Points that are a clear gain.
    """
    on_club = members(club)
    below = side(blocks[blocks["strength"] <= BELOW])
    above = side(blocks[blocks["strength"] >= ABOVE])
    gain = _gain(on_club, "blind")
    gains = {"below": _gain(below, "blind"), "above": _gain(above, "blind")}
    won_below, won_above = (runs["graph network"] - runs["blind"] for runs in (below, above))
    fades = difference_interval(QUARTER * won_above, won_below)
    over = {"club": _gain(on_club, "propagation"), "above": _gain(above, "propagation")}

    found = [_won("club_gain", "the karate club", "blind", gain)]
    found += [_won(f"blocks_gain_{s}", f"blocks {s} the threshold", "blind", won) for s, won in gains.items()]
    found += [
        _won("club_over_propagation", "the karate club", "propagation", over["club"]),
        _won("blocks_over_propagation", "blocks above the threshold", "propagation", over["above"]),
        _won("blocks_over_belief", "blocks above the threshold", "belief", _gain(above, "belief")),
    ]
    found += _levels("club", "of the karate club", on_club, ZACHARY)
    found += _levels("blocks_below", "of blocks below the threshold", below)
    found += _levels("blocks_above", "of blocks above the threshold", above)
    links = mean_interval(blocks.groupby("seed")["links"].mean())
    found.append(Measurement("links_blocks", "links of a random graph, to be told one by one", links, spec=",.0f"))
    done = gain.above(much) and gains["above"].above(much) and fades.above(0.0)
    return OnGraphs(done, not all(won.above(0.0) for won in over.values()), tuple(found))


def members(club: pd.DataFrame) -> pd.DataFrame:
    """Return the members assigned rightly in per cent, among the unknown ones: one row a seed, one column a model."""
    unknown = club[~club["known"]]
    return 100 * unknown.groupby(["seed", "model"])["right"].mean().unstack()


def side(blocks: pd.DataFrame) -> pd.DataFrame:
    """Return the nodes assigned rightly in per cent, mean over strengths: one row a seed, one column a model."""
    return 100 * blocks.groupby(["seed", "model"])["accuracy"].mean().unstack()


def _gain(runs: pd.DataFrame, rival: str) -> Interval:
    return difference_interval(runs["graph network"], runs[rival])


def _won(key: str, where: str, rival: str, interval: Interval) -> Measurement:
    words = f"won by a graph network over {WORDS[rival]}, {where}"
    return Measurement(key, words, interval, "points", "+z.1f", colour="deep")


def _levels(key: str, where: str, runs: pd.DataFrame, published: Published | None = None) -> list[Measurement]:
    found = []
    for model, (name, colour) in MODELS.items():
        if model in runs:
            words = f"nodes {where} assigned rightly, {WORDS.get(model, model)}"
            beside = published if model == "propagation" else None
            level = mean_interval(runs[model])
            found.append(Measurement(f"{key}_{name}", words, level, "%", ".0f", beside, colour))
    return found
