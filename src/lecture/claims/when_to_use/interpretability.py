"""C23, the third warning: decisions that must be explained.

All seeds split one table and one pool of images, so intervals speak of splits and starts, not of fresh data.
"""

import pandas as pd

from lecture.claims.claim import Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import mean, percent, points
from lecture.claims.selection import curves
from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use import tabular as tables
from lecture.statistics import compare, resampled_interval

LEAD = Smallest(5.0, "one column in twenty")
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
    """Ask whether a small tree's reasons say more of its answers, and come back more often, than a network's.

    A reason that comes back need not be one. Whether the columns that a model names carry its answer, a deletion test
    tells: the share of answers that change without them, ``deletion`` in the records. Without it nothing is decided.
    """
    told = {str(name): 100 * found for name, found in curves(reasons, "quantity", "model", "value").items()}
    shared, deletion = told["shared"], told.get("deletion", told["shared"])
    tested = "deletion" in told
    repeats = compare(shared["tree"], shared["network"], smallest=LEAD.value, split=SPLIT)
    carries = compare(deletion["tree"], deletion["network"], smallest=LEAD.value, split=SPLIT)
    maps = saliency[saliency["number"] < 0].pivot(index="seed", columns="quantity", values="value")
    error = tables.errors(tabular)
    price = (error["small tree"] - error["boosting"]).mean(axis=1)
    numbers = [
        points("price", "test error, tree of three questions minus boosting", resampled_interval(price, *tables.SPLIT)),
        mean("maps", f"rank correlation of maps, {MAPS['plain']}", maps["plain"], colour="deep"),
        mean("maps_other", f"rank correlation of maps, {MAPS['other image']}", maps["other image"]),
        percent("same_answer", "images on which two networks agree", 100 * maps["agreement"]),
        percent("shared_tree", "columns named again, tree", shared["tree"], colour="classical"),
        percent("shared_network", "columns named again, network", shared["network"], colour="deep"),
    ]
    return conclude(*(one.open_unless(tested) for one in (repeats, carries)), numbers=numbers)


PART = Part(
    quantity=Quantity("columns named again after resampling, tree minus network", "points", "+z.0f"),
    smallest=LEAD,
    refuted_by="The columns that a network names as its reasons carry its answers as a small tree's do, by a deletion "
    "test; or a tree, its rows drawn again, does not name the same columns more often than a network.",
    judge=judge_reasons,
    published=Reported(Verdict.IN_PART, "adebayo2018sanity", "abstract", "networks for photographs"),
    says="Some maps stay the same when the network's weights are drawn at random; others depend on them.",
    note="We measured whether reasons come back, not whether they are the reasons.",
    citations=("rudin2019stop", "simonyan2014deep", "smilkov2017smoothgrad", "breiman2001statistical"),
)
