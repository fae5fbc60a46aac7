"""C14: AlexNet reached 8 layers; ResNet's residual blocks reached 100, and then 1000."""

from typing import Any

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, conclude
from lecture.claims.gradient_vanishing.c12_relu import GAIN, TRAINED
from lecture.claims.measurement import Measurement, percent
from lecture.claims.selection import groups
from lecture.claims.verdict import Verdict
from lecture.data.literature.shortcuts import CIFAR_1001, IMAGENET_PLAIN, IMAGENET_RESIDUAL, TRAINING_1202
from lecture.statistics import compare, geometric_interval, mean_interval

ZERO = "shortcut, zero start"
PLAIN, RESIDUAL = "plain, batch norm", "shortcut, batch norm"
"""The networks of the paper: batch normalisation in each branch, with the shortcut and without."""
COLOURS = {"plain": "neutral", PLAIN: "neutral", "shortcut": "classical", ZERO: "residual", RESIDUAL: "residual"}
PASSES = 60
"""Over the examples: a network that saw them less often has not been trained to its end."""
SMALLEST, LARGEST = 1e-45, 3.4e38  # what a gradient counts as that float32 rounds to 0 or to infinity


def judge_depth(residual: pd.DataFrame) -> Finding:
    """Ask whether depth harms plain networks and not residual ones, both with batch normalisation, as in the paper.

    Open unless the time was enough: for the residual ones at every depth and for the shallowest plain one.
    """
    runs = _chosen(residual)
    shallowest, shallow, deep = sorted(residual["depth"].unique())[:3]
    learnt = [(PLAIN, shallowest), *((RESIDUAL, depth) for depth in (shallowest, shallow))]
    settled = all(_error(runs[network]).mean() < 100 - TRAINED for network in learnt)
    degrades = compare(_error(runs[PLAIN, deep]), _error(runs[PLAIN, shallow]), smallest=GAIN.value)
    harmless = compare(_error(runs[RESIDUAL, shallow]), _error(runs[RESIDUAL, deep]), smallest=-GAIN.value)
    networks = {"norm": PLAIN, "norm_shortcut": RESIDUAL, "plain": "plain", "shortcut": "shortcut", "zero": ZERO}
    numbers = [_training(f"{key}_deep", runs, network, deep) for key, network in networks.items()]
    drawn = tuple(number.key for number in numbers)
    numbers += [
        _training("norm_shallow", runs, PLAIN, shallow),
        _growth(runs[PLAIN, shallow], runs[PLAIN, deep]),
    ]
    answers = (comparison.open_unless(settled) for comparison in (degrades, harmless))
    return conclude(*answers, numbers=numbers, drawn=drawn)


def judge_thousand(residual_thousand: pd.DataFrame, residual: pd.DataFrame, plain_thousand: pd.DataFrame) -> Finding:
    """Ask whether a thousand residual layers train as well as a few; undecided until both had time to."""
    runs = _chosen(pd.concat([residual_thousand, residual, plain_thousand]))
    few, thousand = residual["depth"].min(), residual_thousand["depth"].max()
    shallow = runs[ZERO, few]
    alike = shallow[
        shallow["seed"].isin(residual_thousand["seed"])
    ]  # a thousand layers take long: they have fewer seeds
    worse = compare(_error(runs[ZERO, thousand]), _error(alike), smallest=GAIN.value)
    numbers = [
        _training("zero_thousand", runs, ZERO, thousand),
        _training("plain_thousand", runs, "plain", thousand),
        _gradient("gradient_thousand", runs, "plain", thousand),
    ]
    settled = _error(shallow).mean() < 100 - TRAINED and residual_thousand["passes"].min() >= PASSES
    return conclude(worse.negated().open_unless(settled), numbers=numbers, drawn=("zero_thousand", "plain_thousand"))


def _chosen(records: pd.DataFrame) -> dict[Any, pd.DataFrame]:
    """Return the runs of each network and depth, seed by seed."""
    return dict(groups(records.sort_values("seed"), "network", "depth"))


def _error(runs: pd.DataFrame) -> pd.Series:
    return 100 * runs["train_error"]


def _training(key: str, runs: dict[Any, pd.DataFrame], network: str, depth: int) -> Measurement:
    interval = mean_interval(_error(runs[network, depth]))
    return percent(key, f"training error, {depth} layers, {network}", interval, colour=COLOURS[network])


def _gradient(key: str, runs: dict[Any, pd.DataFrame], network: str, depth: int) -> Measurement:
    """Return the first layer's gradient at the start."""
    gradient = runs[network, depth]["first_gradient"].clip(SMALLEST, LARGEST).fillna(LARGEST)
    words = f"first layer's gradient at the start, {depth} layers, {network}"
    return Measurement(key, words, geometric_interval(gradient), spec=".0e")


def _growth(shallow: pd.DataFrame, deep: pd.DataFrame) -> Measurement:
    """Return the factor by which the first layer's gradient at the start grows for each layer more."""
    ratio = deep["first_gradient"].to_numpy() / shallow["first_gradient"].to_numpy()
    layers = deep["depth"].iloc[0] - shallow["depth"].iloc[0]
    words = "factor on the first layer's gradient at the start, for each further layer, plain, batch norm"
    return Measurement("factor_norm", words, geometric_interval(ratio ** (1 / layers)))


def _from_to(errors: dict[int, float]) -> str:
    return " to ".join(f"{error} %" for error in errors.values())


CLAIM = Claim(
    id="C14",
    headline="Right: shortcuts make fifty and a thousand layers trainable",
    expected=(Verdict.HOLDS, Verdict.HOLDS, Verdict.HOLDS),
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
            refuted_by="Trained to the end, both with batch normalisation, plain networks of 56 layers are as good on "
            "their training examples as those of 20, or residual ones are worse.",
            judge=judge_depth,
            published=Reported(Verdict.HOLDS, "he2016deep", "Table 2", "1.28 million photographs"),
            says=f"From {min(IMAGENET_PLAIN)} to {max(IMAGENET_PLAIN)} layers plain networks go from "
            f"{_from_to(IMAGENET_PLAIN)} error, residual ones from {_from_to(IMAGENET_RESIDUAL)}.",
            note="With batch normalisation, as in the paper; without it, our plain networks do better.",
            citations=("balduzzi2017shattered", "yang2019mean"),
        ),
        Part(
            quantity=Quantity("training error of 1000 residual layers over that of 8", "points", "+.0f", "residual"),
            smallest=GAIN,
            refuted_by="Trained to the end, 1000 residual layers are worse on their training examples than 8.",
            judge=judge_thousand,
            published=Reported(Verdict.HOLDS, "he2016deep", "section 4.2", "CIFAR-10, 50,000 photographs"),
            says=f"Its deepest network, of over a thousand layers, gets below {TRAINING_1202} % training error.",
            note="Without normalisation: each branch starts at zero instead.",
            citations=("he2016identity", "zhang2019fixup"),
        ),
    ),
    why="The shortcut does not do it alone: with nothing to tame the branches, the gradient explodes. It takes "
    "branches that start at zero, as here, or batch normalisation, as in the ResNet papers.",
    figure="gradient_vanishing/plot_residual",
)
