"""C14: AlexNet reached 8 layers; ResNet's residual blocks reached 100, and then 1000."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict
from lecture.claims.selection import at_best_rate, groups
from lecture.experiments.gradient_vanishing.residual import Residual
from lecture.experiments.gradient_vanishing.residual_thousand import ResidualThousand
from lecture.statistics import Interval, difference_interval, geometric_interval, mean_interval, share_opposite

LEARNS = 80.0  # per cent of error: guessing among ten classes makes 90
ZERO = "shortcut, zero start"
NAMES = {"plain": "plain", "shortcut": "shortcut", ZERO: "zero"}
COLOURS = {"plain": "neutral", "shortcut": "classical", ZERO: "residual"}
PUBLISHED = {  # per cent of error on CIFAR-10's test set, residual networks; 110 is the best of five runs
    20: 8.75,
    56: 6.97,
    110: 6.43,
}
LARGEST = 3.4e38  # what a gradient beyond the largest float32 counts as


def judge(hundred: pd.DataFrame, thousand: pd.DataFrame) -> Finding:
    """Look for the degradation of plain networks and for how deep a residual network learns."""
    chosen = at_best_rate(pd.concat([hundred, thousand]), ["network", "depth"])
    errors: dict[tuple[str, int], Interval] = {}
    measurements = []
    for (network, depth), runs in groups(chosen, "network", "depth"):
        name = f"{NAMES[network]}_{depth}"
        words = f"{depth} layers, {network}"
        errors[network, depth] = train = mean_interval(100 * runs["train_error"])
        source = Published(PUBLISHED[depth], "he2016deep", "Table 6, CIFAR-10") if depth in PUBLISHED else None
        test = mean_interval(100 * runs["test_error"])
        gradient = geometric_interval(runs["first_gradient"].clip(1e-45, LARGEST).fillna(LARGEST))
        colour = COLOURS[network]
        measurements += [
            Measurement(f"train_{name}", f"training error, {words}", train, "%", ".0f", colour=colour),
            Measurement(
                f"test_{name}",
                f"test error, {words}",
                test,
                "%",
                ".0f",
                source if network == ZERO else None,
                colour,
            ),
            Measurement(
                f"gradient_{name}", f"first layer's gradient at the start, {words}", gradient, spec=".0e", colour=colour
            ),
            Measurement(f"rate_{name}", f"best learning rate, {words}", Interval.exact(runs["rate"].iloc[0]), spec="g"),
        ]

    depths = sorted(hundred["depth"].unique())
    deepest, top = depths[-1], int(thousand["depth"].max())
    shallow, deep = depths[min(1, len(depths) - 1)], depths[min(2, len(depths) - 1)]
    by_network = {pair: 100 * runs["train_error"].to_numpy() for pair, runs in groups(chosen, "network", "depth")}
    degradation = difference_interval(by_network["plain", deep], by_network["plain", shallow])
    gain = difference_interval(by_network["plain", deepest], by_network[ZERO, deepest])
    alone = difference_interval(by_network["plain", deep], by_network["shortcut", deep])
    headline = [
        Measurement(
            "gain",
            f"training error saved by shortcuts that start at zero, {deepest} layers",
            gain,
            "points",
            "+.0f",
            colour="residual",
        ),
        Measurement(
            "degradation",
            f"training error added by depth, plain network, {deep} layers instead of {shallow}",
            degradation,
            "points",
            "+.0f",
            colour="neutral",
        ),
        Measurement(
            "alone",
            f"training error saved by the shortcut alone, {deep} layers",
            alone,
            "points",
            "+.0f",
            colour="classical",
        ),
    ]
    reached = {
        network: max(
            [depth for (name, depth), error in errors.items() if name == network and error.below(LEARNS)], default=0
        )
        for network in NAMES
    }
    headline += [
        Measurement(
            f"reach_{NAMES[network]}",
            f"deepest network that learns, {network}",
            Interval.exact(depth),
            "layers",
            ".0f",
            colour=COLOURS[network],
        )
        for network, depth in reached.items()
    ]
    hundred_holds = degradation.above(0.0) and gain.above(0.0) and errors[ZERO, deepest].below(LEARNS)
    thousand_holds = errors[ZERO, top].below(LEARNS) and not errors["plain", top].below(LEARNS)
    unaided = reached["shortcut"] >= deepest
    verdict = Verdict.FAILS if not (hundred_holds and thousand_holds) else Verdict.HOLDS if unaided else Verdict.CAVEAT
    opposite = share_opposite(by_network["plain", deepest], by_network[ZERO, deepest])
    scale = tuple(f"train_{name}_{depth}" for name in ("plain", "zero") for depth in (deepest, top))
    return Finding(verdict, (*headline, *measurements), opposite, scale)


CLAIM = Claim(
    id="C14",
    refuted_by="Plain networks do not get worse on the training set from 20 to 56 layers; or residual ones, at 110 or "
    "at 1000 layers, do not get their training error below 80 % (guessing makes 90 %), or plain ones of 1000 "
    "layers do. A caveat is due if the shortcut needs help to reach 110 layers.",
    expected=Verdict.CAVEAT,
    why="More layers make a plain network worse even on the data it was trained on, and residual networks learn "
    "at every depth up to a thousand layers. But the shortcut does not do it alone: with nothing to tame the "
    "branches, the gradient explodes. It takes branches that start at zero, as here, or batch normalisation, "
    "as in the ResNet paper.",
    experiments=(Residual, ResidualThousand),
    judge=judge,
    figure="gradient_vanishing/plot_residual",
    citations=("he2016deep", "he2016identity", "zhang2019fixup", "krizhevsky2012imagenet"),
)
