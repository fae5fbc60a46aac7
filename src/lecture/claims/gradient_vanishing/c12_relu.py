"""C12: AlexNet replaced the sigmoid by ReLU, whose shape solves the problem."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict
from lecture.claims.selection import at_best_rate, groups
from lecture.experiments.gradient_vanishing.activations import Activations
from lecture.experiments.gradient_vanishing.race import Race
from lecture.statistics import (
    Interval,
    difference_interval,
    geometric_interval,
    mean_interval,
    share_opposite,
)

ALEXNET = 8  # layers
LEARNS = 20.0  # per cent: twice what guessing among ten classes gets right
TARGET = 0.25  # training error at the end of the race


def judge(activations: pd.DataFrame, race: pd.DataFrame) -> Finding:
    """Compare how deep each function still learns, and how fast ReLU and tanh are at AlexNet's depth of four layers."""
    chosen = at_best_rate(activations, ["activation", "init", "depth"])
    measurements, reach = [], {}
    for (function, start), networks in groups(chosen, "activation", "init"):
        name = f"{function}_{start}".lower()
        colour = function.lower()
        reach[name] = 0
        for depth, runs in groups(networks, "depth"):
            accuracy = mean_interval(100 * runs["train_accuracy"])
            if accuracy.above(LEARNS):
                reach[name] = depth
            words = f"training accuracy, {depth} hidden layers, {function}, {start} start"
            measurements.append(Measurement(f"{name}_{depth}", words, accuracy, "%", ".0f", colour=colour))
        words = f"deepest network that learns, {function}, {start} start"
        depth_reached = Interval.exact(reach[name])
        measurements.append(Measurement(f"reach_{name}", words, depth_reached, "layers", ".0f", colour=colour))

    depth = max(d for d in chosen["depth"].unique() if d <= ALEXNET)
    same = chosen[(chosen["init"] == "Xavier") & (chosen["depth"] == depth)].set_index("activation")
    relu, sigmoid = (100 * same.loc[function, "train_accuracy"].to_numpy() for function in ("ReLU", "sigmoid"))
    gain = difference_interval(relu, sigmoid)
    headline = Measurement(
        "gain",
        f"training accuracy won by ReLU over the sigmoid, {depth} hidden layers, same start",
        gain,
        "points",
        "+.0f",
        colour="relu",
    )

    speed, epochs = _race(race)
    solved = gain.above(0.0) and reach["relu_xavier"] > reach["sigmoid_xavier"]
    starts = [reach[f"relu_{start}"] for start in ("default", "xavier", "he")]
    by_shape_alone = min(starts) == max(starts) > reach["tanh_xavier"] and speed[0].interval.above(1.0)
    verdict = Verdict.FAILS if not solved else Verdict.HOLDS if by_shape_alone else Verdict.CAVEAT
    scale = tuple(f"{name}_{depth}" for name in ("sigmoid_xavier", "tanh_xavier", "relu_default", "relu_he"))
    return Finding(verdict, (headline, *speed, *epochs, *measurements), share_opposite(relu, sigmoid), scale)


def epochs_to_target(race: pd.DataFrame) -> pd.DataFrame:
    """Return how many epochs each run needs until its training error is 25 %, between two looks by a straight line.

    Args:
        race: Records of :class:`Race`.

    Returns:
        Columns ``activation``, ``rate``, ``seed``, ``epochs``; a run that never gets there counts with all its epochs.
    """
    rows = []
    for (function, rate, seed), run in groups(race, "activation", "rate", "seed"):
        run = run.sort_values("epoch")
        epoch, error = run["epoch"].to_numpy(), run["train_error"].to_numpy()
        there = error <= TARGET
        first = int(there.argmax())
        if not there.any():
            needed = epoch[-1]
        elif first == 0:
            needed = epoch[0]
        else:
            share = (error[first - 1] - TARGET) / (error[first - 1] - error[first])
            needed = epoch[first - 1] + share * (epoch[first] - epoch[first - 1])
        rows.append({"activation": function, "rate": rate, "seed": seed, "epochs": float(needed)})
    return pd.DataFrame(rows)


def _race(race: pd.DataFrame) -> tuple[list[Measurement], list[Measurement]]:
    fastest = at_best_rate(epochs_to_target(race), ["activation"], score="epochs")
    runs = dict(groups(fastest, "activation"))
    tanh, relu = (runs[function]["epochs"].to_numpy() for function in ("tanh", "ReLU"))
    six = Published(6.0, "krizhevsky2012imagenet", "Figure 1, convolutional network on CIFAR-10")
    speed = [
        Measurement(
            "speed",
            "epochs to 25 % training error, tanh over ReLU",
            geometric_interval(tanh / relu),
            "times",
            ".2f",
            six,
            "relu",
        ),
        Measurement(
            "tanh_faster",
            "share of single seeds in which tanh was at least as fast",
            Interval.exact(100 * float((tanh <= relu).mean())),
            "%",
            ".0f",
        ),
    ]
    epochs = []
    for function, group in runs.items():
        name, words = function.lower(), f"{function} at its fastest rate"
        needed, rate = mean_interval(group["epochs"]), Interval.exact(group["rate"].iloc[0])
        epochs += [
            Measurement(
                f"epochs_{name}", f"epochs to 25 % training error, {words}", needed, "epochs", ".1f", colour=name
            ),
            Measurement(f"rate_{name}", f"learning rate, {words}", rate, spec="g", colour=name),
        ]
    return speed, epochs


CLAIM = Claim(
    id="C12",
    refuted_by="With the same start for both (Xavier's rule) and each at its best learning rate, ReLU learns no deeper "
    "than the sigmoid. A caveat is due if the depth that ReLU reaches depends on how its weights start, if "
    "tanh gets as deep, or if ReLU is not faster than tanh to 25 % training error.",
    expected=Verdict.CAVEAT,
    why="With nothing but the function changed, ReLU learns where the sigmoid does not. But the shape alone does "
    "not do it: with torch's default start ReLU fails in deep networks too, it needs He's start to go all the "
    "way, and tanh with Glorot's start gets just as deep. AlexNet's own comparison was with tanh, not with "
    "the sigmoid.",
    experiments=(Activations, Race),
    judge=judge,
    figure="gradient_vanishing/plot_activations",
    citations=("krizhevsky2012imagenet", "nair2010rectified", "glorot2010understanding", "he2015delving"),
)
