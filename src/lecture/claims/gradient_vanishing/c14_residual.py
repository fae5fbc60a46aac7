"""C14: AlexNet reached 8 layers; ResNet's residual blocks reached 100, and then 1000."""

from typing import Any

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, conclude
from lecture.claims.gradient_vanishing.c12_relu import GAIN, TRAINED
from lecture.claims.measurement import Measurement, percent
from lecture.claims.selection import at_best_rate, groups
from lecture.claims.verdict import Verdict
from lecture.data.literature.shortcuts import CIFAR_1001, IMAGENET_PLAIN, IMAGENET_RESIDUAL, TRAINING_1202
from lecture.statistics import compare, geometric_interval, mean_interval

ZERO = "shortcut, zero start"
COLOURS = {"plain": "neutral", "shortcut": "classical", ZERO: "residual"}
PASSES = 60
"""Over the examples: a network that saw them less often has not been trained to its end."""
SMALLEST, LARGEST = 1e-45, 3.4e38  # what a gradient counts as that float32 rounds to 0 or to infinity


def judge_depth(residual: pd.DataFrame) -> Finding:
    """Ask whether depth harms plain networks and not residual ones; undecided until the shallow ones are trained."""
    runs = _chosen(residual)
    _, shallow, deep = sorted(residual["depth"].unique())[:3]
    settled = _error(runs["plain", shallow]).mean() < 100 - TRAINED
    degrades = compare(_error(runs["plain", deep]), _error(runs["plain", shallow]), smallest=GAIN.value)
    harmless = compare(_error(runs[ZERO, shallow]), _error(runs[ZERO, deep]), smallest=-GAIN.value)
    numbers = [
        _training("plain_deep", runs, "plain", deep),
        _training("shortcut_deep", runs, "shortcut", deep),
        _training("zero_deep", runs, ZERO, deep),
        _gradient("gradient_shallow", runs, shallow),
        _gradient("gradient_deep", runs, deep),
    ]
    answers = (comparison.open_unless(settled) for comparison in (degrades, harmless))
    return conclude(*answers, numbers=numbers, drawn=("plain_deep", "shortcut_deep", "zero_deep"))


def judge_thousand(residual_thousand: pd.DataFrame, residual: pd.DataFrame) -> Finding:
    """Ask whether a thousand residual layers train as well as a few; undecided until both had time to."""
    runs = _chosen(pd.concat([residual_thousand, residual]))
    few, thousand = residual["depth"].min(), residual_thousand["depth"].max()
    shallow = runs[ZERO, few]
    alike = shallow[
        shallow["seed"].isin(residual_thousand["seed"])
    ]  # a thousand layers take long: they have fewer seeds
    worse = compare(_error(runs[ZERO, thousand]), _error(alike), smallest=GAIN.value)
    numbers = [
        _training("zero_thousand", runs, ZERO, thousand),
        _training("plain_thousand", runs, "plain", thousand),
        _gradient("gradient_thousand", runs, thousand),
    ]
    settled = _error(shallow).mean() < 100 - TRAINED and residual_thousand["passes"].min() >= PASSES
    return conclude(worse.negated().open_unless(settled), numbers=numbers, drawn=("zero_thousand", "plain_thousand"))


def _chosen(records: pd.DataFrame) -> dict[Any, pd.DataFrame]:
    """Return the runs of each network and depth at its best learning rate."""
    return dict(groups(at_best_rate(records, ["network", "depth"]), "network", "depth"))


def _error(runs: pd.DataFrame) -> pd.Series:
    return 100 * runs["train_error"]


def _training(key: str, runs: dict[Any, pd.DataFrame], network: str, depth: int) -> Measurement:
    interval = mean_interval(_error(runs[network, depth]))
    return percent(key, f"training error, {depth} layers, {network}", interval, colour=COLOURS[network])


def _gradient(key: str, runs: dict[Any, pd.DataFrame], depth: int) -> Measurement:
    """Return the first layer's gradient at the start, of the plain network."""
    gradient = runs["plain", depth]["first_gradient"].clip(SMALLEST, LARGEST).fillna(LARGEST)
    words = f"first layer's gradient at the start, {depth} layers, plain"
    return Measurement(key, words, geometric_interval(gradient), spec=".0e")


def _from_to(errors: dict[int, float]) -> str:
    return " to ".join(f"{error} %" for error in errors.values())


CLAIM = Claim(
    id="C14",
    headline="Right about ResNet; whether depth alone harms stays open here",
    expected=(Verdict.HOLDS, Verdict.UNDECIDED, Verdict.UNDECIDED),
    parts=(
        Part(
            quantity=Quantity("test error of about a thousand residual layers, CIFAR-10", "%", ".2f", "residual"),
            refuted_by="No residual network of 100 layers and none of 1000 came near the best error of its time.",
            published=Reported(Verdict.HOLDS, "he2016identity", "abstract", "CIFAR-10, 50,000 photographs", CIFAR_1001),
            note="In the second paper; in the first, the thousand layers did worse than the hundred.",
            citations=("he2016deep", "krizhevsky2012imagenet", "srivastava2015training"),
        ),
        Part(
            quantity=Quantity("training error added by depth, plain, 56 layers for 20", "points", "+.0f"),
            smallest=GAIN,
            refuted_by="Trained to the end, plain networks of 56 layers are as good on their training examples as "
            "those of 20, or residual ones are worse.",
            judge=judge_depth,
            published=Reported(Verdict.HOLDS, "he2016deep", "Table 2", "1.28 million photographs"),
            says=f"From {min(IMAGENET_PLAIN)} to {max(IMAGENET_PLAIN)} layers plain networks go from "
            f"{_from_to(IMAGENET_PLAIN)} error, residual ones from {_from_to(IMAGENET_RESIDUAL)}.",
            note="Seeds differ too much to tell; and ours have no batch normalisation, as ResNet has.",
        ),
        Part(
            quantity=Quantity("training error of 1000 residual layers over that of 8", "points", "+.0f", "residual"),
            smallest=GAIN,
            refuted_by="Trained to the end, 1000 residual layers are worse on their training examples than 8.",
            judge=judge_thousand,
            published=Reported(Verdict.HOLDS, "he2016deep", "section 4.2", "CIFAR-10, 50,000 photographs"),
            says=f"Its deepest network, of over a thousand layers, gets below {TRAINING_1202} % training error.",
            note="Ours learns, but has not been trained to the end.",
            citations=("he2016identity", "zhang2019fixup"),
        ),
    ),
    why="The shortcut does not do it alone: with nothing to tame the branches, the gradient explodes. It takes "
    "branches that start at zero, as here, or batch normalisation, as in the ResNet papers.",
    figure="gradient_vanishing/plot_residual",
)
