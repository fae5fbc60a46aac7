"""C12: AlexNet replaced the sigmoid by ReLU, whose shape solves the problem."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import percent
from lecture.claims.selection import at_best_rate, groups
from lecture.claims.verdict import Verdict, halves
from lecture.data.literature.alexnet import TANH_OVER_RELU
from lecture.statistics import compare, proportion

DEPTH = 8  # hidden layers of the deep network: AlexNet's number of layers
TRAINED = 95.0
"""Per cent of the training examples: a network below has not been trained to its end, and cannot refute anything."""
GAIN = Smallest(5.0, "another start of the same weights changes as much")
RACE = Smallest(1.1, "a tenth is less than one run differs from the next")
TARGET = 0.25  # training error at the end of the race


def judge_shape(activations: pd.DataFrame) -> Finding:
    """Ask two things: whether the function alone lets a deep network learn, and whether depth then does no harm."""
    depth = max(d for d in activations["depth"].unique() if d <= DEPTH)
    accuracy = {
        network: 100 * runs.sort_values("seed")["train_accuracy"].to_numpy()
        for network, runs in groups(activations, "activation", "init", "depth")
    }
    shallow = accuracy["ReLU", "Xavier", activations["depth"].min()]
    relu, sigmoid = (accuracy[function, "Xavier", depth] for function in ("ReLU", "sigmoid"))
    gain = compare(relu, sigmoid, smallest=GAIN.value)
    harmless = compare(relu, shallow, smallest=-GAIN.value).open_unless(bool(shallow.mean() > TRAINED))
    shown = {"sigmoid": "Xavier", "tanh": "Xavier", "ReLU": "He"}
    numbers = [
        percent(
            f"{function}_deep".lower(),
            f"training accuracy, {depth} hidden layers, {function}, {start} start",
            accuracy[function, start, depth],
            colour=function.lower(),
        )
        for function, start in shown.items()
    ]
    numbers.append(percent("shallow", "training accuracy, one hidden layer, ReLU", shallow))
    return conclude(gain, harmless, rule=halves, numbers=numbers, drawn=tuple(number.key for number in numbers))


def judge_race(race: pd.DataFrame) -> Finding:
    """Compare how many epochs ReLU and tanh need, each at its fastest learning rate."""
    fastest = at_best_rate(epochs_to_target(race), ["activation"], score="epochs")
    runs = dict(groups(fastest, "activation"))
    tanh, relu = (runs[function]["epochs"].to_numpy() for function in ("tanh", "ReLU"))
    times = compare(tanh / relu, smallest=RACE.value)
    faster = percent("relu_faster", "single runs in which ReLU was faster", proportion(relu < tanh).percent())
    return conclude(times, numbers=[faster])


def epochs_to_target(race: pd.DataFrame) -> pd.DataFrame:
    """Return how many ``epochs`` each run (``activation``, ``rate``, ``seed``) needs until its training error is 25 %.

    Between two looks the error is a straight line; a run that never gets there counts with all its epochs.
    """
    rows = []
    for (function, rate, seed), run in groups(race, "activation", "rate", "seed"):
        run = run.sort_values("epoch")
        epoch, error = run["epoch"].to_numpy(), run["train_error"].to_numpy()
        there = error <= TARGET
        around = slice(max(there.argmax() - 1, 0), there.argmax() + 1)  # the first look at which it is there
        needed = np.interp(-TARGET, -error[around], epoch[around]) if there.any() else epoch[-1]
        rows.append({"activation": function, "rate": rate, "seed": seed, "epochs": float(needed)})
    return pd.DataFrame(rows)


CLAIM = Claim(
    id="C12",
    headline="ReLU trains where the sigmoid stalls; but so does tanh",
    expected=(Verdict.HOLDS, Verdict.IN_PART, Verdict.UNDECIDED),
    parts=(
        Part(
            quantity=Quantity("training accuracy won by ReLU over the sigmoid, same start", "points", "+.0f", "relu"),
            smallest=GAIN,
            refuted_by="With the same start and at its best learning rate, a deep ReLU network is not more accurate on "
            "its training examples than a sigmoid network; or, both trained to the end, it is worse than with one "
            "hidden layer.",
            judge=judge_shape,
            note="Eight layers of it learn all their examples, as one layer does; so do eight of tanh.",
            citations=("nair2010rectified", "glorot2010understanding", "he2015delving"),
        ),
        Part(
            refuted_by="AlexNet's paper compares ReLU with another function than the sigmoid.",
            published=Reported(Verdict.IN_PART, "krizhevsky2012imagenet", "section 3.1", "four layers, CIFAR-10"),
            says="It names tanh and the sigmoid as the standard, and compares with tanh.",
            note="The paper compares with tanh.",
        ),
        Part(
            quantity=Quantity("epochs to 25 % training error, tanh over ReLU", "times", ".2f", "relu"),
            smallest=RACE,
            refuted_by="At their fastest rates, tanh needs at most a tenth more epochs than ReLU.",
            judge=judge_race,
            published=Reported(
                Verdict.HOLDS, "krizhevsky2012imagenet", "Figure 1", "four layers, CIFAR-10", TANH_OVER_RELU
            ),
            note="It held on the reported seeds; on others the lead is too near the bar to tell.",
        ),
    ),
    why="With nothing but the function changed, ReLU learns where the sigmoid does not. But tanh with Glorot's start "
    "gets just as deep, and with torch's default start ReLU fails in deep networks too: the start matters as much.",
    figure="gradient_vanishing/plot_activations",
)
