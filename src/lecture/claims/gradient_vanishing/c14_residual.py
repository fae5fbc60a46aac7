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
PUBLISHED = {  # error on CIFAR-10's test set; 110 layers is the best of five runs
    20: Published(8.75, "he2016deep", "Table 6, CIFAR-10"),
    56: Published(6.97, "he2016deep", "Table 6, CIFAR-10"),
    110: Published(6.43, "he2016deep", "Table 6, CIFAR-10"),
    1000: Published(7.93, "he2016deep", "Table 6, CIFAR-10, 1202 layers"),
}
SMALLEST, LARGEST = 1e-45, 3.4e38  # what a gradient counts as that float32 rounds to 0 or to infinity


def judge(hundred: pd.DataFrame, thousand: pd.DataFrame) -> Finding:
    """Look for the degradation of plain networks and for how deep a residual network learns."""
    chosen = at_best_rate(pd.concat([hundred, thousand]), ["network", "depth"])
    error = {pair: 100 * runs["train_error"].to_numpy() for pair, runs in groups(chosen, "network", "depth")}
    _, shallow, deep, deepest = sorted(hundred["depth"].unique())
    top = thousand["depth"].max()

    degradation = difference_interval(error["plain", deep], error["plain", shallow])
    gain = difference_interval(error["plain", deepest], error[ZERO, deepest])
    learns = {pair: mean_interval(errors).below(LEARNS) for pair, errors in error.items()}
    reach = {name: max((d for (n, d), yes in learns.items() if n == name and yes), default=0) for name in NAMES}
    degrades = degradation.above(0.0)
    residual_learns = gain.above(0.0) and learns[ZERO, deepest] and learns[ZERO, top] and not learns["plain", top]
    verdict = Verdict.CAVEAT if reach["shortcut"] < deepest else Verdict.HOLDS
    if not (degrades and residual_learns):
        verdict = Verdict.FAILS

    alone = difference_interval(error["plain", deep], error["shortcut", deep])
    instead = f"plain network, {deep} layers instead of {shallow}"
    found = [
        _points("gain", f"training error saved by shortcuts that start at zero, {deepest} layers", gain, ZERO),
        _points("degradation", f"training error added by depth, {instead}", degradation, "plain"),
        _points("alone", f"training error saved by the shortcut alone, {deep} layers", alone, "shortcut"),
    ]
    for name, depth in reach.items():
        words, layers = f"deepest network that learns, {name}", Interval.exact(depth)
        found.append(Measurement(f"reach_{NAMES[name]}", words, layers, "layers", ".0f", colour=COLOURS[name]))
    for (network, depth), runs in groups(chosen, "network", "depth"):
        found += _network(network, depth, runs)
    scale = tuple(f"train_{name}_{depth}" for name in ("plain", "zero") for depth in (deepest, top))
    return Finding(verdict, tuple(found), share_opposite(error["plain", deepest], error[ZERO, deepest]), scale)


def _network(network: str, depth: int, runs: pd.DataFrame) -> list[Measurement]:
    """Return what is measured of one network at one depth."""
    key, words, colour = f"{NAMES[network]}_{depth}", f"{depth} layers, {network}", COLOURS[network]
    train, test = (mean_interval(100 * runs[f"{part}_error"]) for part in ("train", "test"))
    gradient = geometric_interval(runs["first_gradient"].clip(SMALLEST, LARGEST).fillna(LARGEST))
    rate = Interval.exact(runs["rate"].iloc[0])
    published = PUBLISHED.get(depth) if network == ZERO else None
    start = f"first layer's gradient at the start, {words}"
    return [
        Measurement(f"train_{key}", f"training error, {words}", train, "%", ".0f", colour=colour),
        Measurement(f"test_{key}", f"test error, {words}", test, "%", ".0f", published, colour),
        Measurement(f"gradient_{key}", start, gradient, spec=".0e", colour=colour),
        Measurement(f"rate_{key}", f"best learning rate, {words}", rate, spec="g"),
    ]


def _points(key: str, quantity: str, interval: Interval, network: str) -> Measurement:
    return Measurement(key, quantity, interval, "points", "+.0f", colour=COLOURS[network])


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
