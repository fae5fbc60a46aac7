"""C23, the third warning: decisions that must be explained.

All seeds split one table and one pool of images, so intervals speak of splits and starts, not of fresh data.
"""

import pandas as pd

from lecture.claims.claim import Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import mean, percent, points
from lecture.claims.selection import curves
from lecture.claims.verdict import Verdict, halves_of
from lecture.claims.when_to_use import tabular as tables
from lecture.statistics import compare, compare_several, resampled_interval

LEAD = Smallest(5.0, "one answer, or one column, in twenty")
SPLIT = (4, 1)
MAPS = {
    "plain": "two networks, same image",
    "SmoothGrad": "two networks, same image, SmoothGrad",
    "ensemble": "two halves of an ensemble, same image",
    "untrained": "one network before and after training, same image",
    "other image": "one network, two images",
}
MODELS = {
    "tree": "tree of three questions",
    "linear": "linear model",
    "network": "network, gradient times input",
    "network, gradient": "network, gradient",
    "network, same rows": "network, same rows and another start",
}


def judge_reasons(reasons: pd.DataFrame, saliency: pd.DataFrame, tabular: pd.DataFrame) -> Finding:
    """Ask whether a small tree's reasons say more of its answers, and whether they come back more often.

    The first is a deletion test: the share of answers that change without the columns named. The second counts columns,
    and groups of columns that say much the same, named again after the training rows were drawn anew.
    """
    told = {str(name): 100 * found for name, found in curves(reasons, "quantity", "model", "value").items()}
    deletion = told["deletion"]
    carries = compare(deletion["tree"], deletion["network"], smallest=LEAD.value, split=SPLIT)
    kinds = {kind: (told[kind]["tree"], told[kind]["network"]) for kind in ("shared", "shared_groups")}
    repeats = compare_several(kinds, smallest=LEAD.value, split=SPLIT)
    maps = saliency[saliency["number"] < 0].pivot(index="seed", columns="quantity", values="value")
    error = tables.errors(tabular)
    price = (error["small tree"] - error["boosting"]).mean(axis=1)
    numbers = [
        points("price", "test error, tree of three questions minus boosting", resampled_interval(price, *tables.SPLIT)),
        mean("maps", f"rank correlation of maps, {MAPS['plain']}", maps["plain"], colour="deep"),
        mean("maps_other", f"rank correlation of maps, {MAPS['other image']}", maps["other image"]),
        percent("same_answer", "images on which two networks agree", 100 * maps["agreement"]),
        percent(
            "alone_network", "answers that stay with the columns named alone, network", told["insertion"]["network"]
        ),
        percent(
            "random_network", "answers that change without as many others, network", told["deletion_random"]["network"]
        ),
    ]
    numbers += [
        percent(f"{key}_{model}", f"{words}, {model}", told[quantity][model], colour=colour)
        for key, quantity, words in (
            ("deletion", "deletion", "answers that change without the columns named"),
            ("shared", "shared", "columns named again"),
            ("groups", "shared_groups", "groups of columns named again"),
        )
        for model, colour in (("tree", "classical"), ("network", "deep"))
    ]
    return conclude(carries, *repeats.values(), rule=halves_of(1, len(repeats)), numbers=numbers)


PART = Part(
    quantity=Quantity("answers that change without the columns named, tree minus network", "points", "+.0f"),
    smallest=LEAD,
    refuted_by="The columns that a network names as its reasons carry its answers as a small tree's do, by a deletion "
    "test; and a tree, its rows drawn again, does not name the same columns, or groups of them, more often.",
    judge=judge_reasons,
    published=Reported(Verdict.IN_PART, "adebayo2018sanity", "abstract", "networks for photographs"),
    says="Some maps stay the same when the network's weights are drawn at random; others depend on them.",
    note="A tree's reasons are the reasons; they come back no more often than a network's.",
    citations=(
        "rudin2019stop",
        "simonyan2014deep",
        "smilkov2017smoothgrad",
        "petsiuk2018rise",
        "breiman2001statistical",
    ),
)
