"""C10: by the chain rule, small gradients multiplied over many layers come to nothing, and training stalls."""

from math import log

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, key_of, mean
from lecture.claims.selection import at_best_rate, groups
from lecture.claims.verdict import Verdict
from lecture.statistics import compare, geometric_interval, proportion

SHALLOW, DEEP = 1, 16  # hidden layers
GUESSING = log(10)  # loss of a network that gives ten equally frequent classes the same probability
VANISHED = Smallest(6.0, "a step a millionth as long is about to drown in the rounding of a 32-bit weight")
STALLED = Smallest(round(GUESSING - 0.02, 3), "a hundredth below guessing's ln 10, and something has been learned")
LEARNED = GUESSING - 0.5  # loss that shows that a shallow network, and so the data, can be learned in this time
PASSED_ON = (("sigmoid", "default"), ("sigmoid", "Xavier"), ("tanh", "Xavier"), ("ReLU", "He"))


def judge_product(gradient_norm: pd.DataFrame) -> Finding:
    """Ask, from both starts, how much of a deep sigmoid network's gradient is left at its first layer."""
    left = {}
    for network, rows in groups(gradient_norm[gradient_norm["depth"] == DEEP], "activation", "init"):
        error = rows.pivot(index="seed", columns="layer", values="error")
        left[network] = (error[1] / error[DEEP + 1]).to_numpy()
    lost = [compare(-np.log10(left["sigmoid", start]), smallest=VANISHED.value) for start in ("Xavier", "default")]
    factors = [
        Measurement(
            key_of(f"factor {function} {start}"),
            f"factor by which one layer changes the gradient, {function}, {start} start",
            geometric_interval(left[function, start] ** (1 / DEEP)),
            colour=function.lower(),
        )
        for function, start in PASSED_ON
    ]
    return conclude(*lost, numbers=factors, drawn=tuple(factor.key for factor in factors))


def judge_stall(stall: pd.DataFrame) -> Finding:
    """Ask, from both starts, whether deep networks stay at guessing in the time in which shallow ones learn."""
    ends = at_best_rate(stall[stall["step"] == stall["step"].max()], by=["init", "depth"])
    loss = {network: runs["train_loss"].to_numpy() for network, runs in groups(ends, "init", "depth")}
    stays = [
        compare(loss[start, DEEP], smallest=STALLED.value).open_unless(bool(loss[start, SHALLOW].mean() < LEARNED))
        for start in ("Xavier", "default")
    ]
    learned = np.concatenate([loss[start, DEEP] < STALLED.value for start in ("Xavier", "default")])
    words = f"training loss, hidden layers: {SHALLOW}, sigmoid, Xavier start"
    number = mean("shallow", words, loss["Xavier", SHALLOW], spec=".3f", colour="sigmoid")
    return conclude(*stays, numbers=[number], drawn=("shallow",), trained=proportion(learned))


CLAIM = Claim(
    id="C10",
    headline="Right: the product vanishes, and deep sigmoid networks stall",
    expected=(Verdict.HOLDS, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity(
                "what a sigmoid network's gradient loses over 16 layers, Xavier start", "orders of magnitude", ".1f"
            ),
            smallest=VANISHED,
            refuted_by="In sigmoid networks of 16 hidden layers, from one of two starts, more than a millionth of the "
            "gradient at the output is left at the first layer.",
            judge=judge_product,
            published=Reported(Verdict.HOLDS, "bengio1994learning", "abstract", "recurrent networks"),
            says="The longer the span, the harder for gradient descent.",
            citations=("hochreiter1991untersuchungen",),
        ),
        Part(
            quantity=Quantity("training loss of 16 sigmoid layers, Xavier start", "", ".3f", "sigmoid"),
            smallest=STALLED,
            refuted_by="At the best of the learning rates the training loss of a sigmoid network of 16 hidden layers "
            "falls more than 0.02 below ln 10, from one of two starts.",
            judge=judge_stall,
            published=Reported(Verdict.HOLDS, "glorot2010understanding", "section 3.1", "1,000 units a layer"),
            says="Five sigmoid layers never left the saturation that training drove them into; four did, late.",
        ),
    ),
    why="Each sigmoid layer passes on a small share of the gradient, the same share at every layer, so that the "
    "product falls exponentially with depth. The deep networks' loss stays where guessing puts it, on the training "
    "set too: this is no overfitting.",
    figure="gradient_vanishing/plot_gradient_norm",
)
