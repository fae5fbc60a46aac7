"""C19: an exception to the rule of much data: transfer learning makes a good model of a few dozen images."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, percent, points
from lecture.claims.selection import curves
from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.learning_curves import best, worth
from lecture.data.literature.when_it_pays import CALTECH_ACCURACY, CALTECH_IMAGES
from lecture.statistics import compare, difference_interval, geometric_interval

FEW = 10  # examples of each of five classes: four dozen in all, and two more
IN_ALL = 50  # images in all, or as near as the sizes come
RELIABLE = 75.0  # per cent right: three in four
GAIN = Smallest(5.0, "another fifty images change as much")
SIDE = 96  # pixels: smaller pieces, enlarged, are not what a network that learned from photographs has learned to see
SPLIT = (2, 3)
"""How a seed divides the pieces of photographs that all seeds share: at most so many to learn from, and to test on."""
BORROWED = ["fine-tuned", "frozen"]
CLASSES = {"photos": 10, "faces": 2, "digits": 5}


def judge_transfer(
    imagenet_features: pd.DataFrame, borrowed_signals: pd.DataFrame, borrowed_digits: pd.DataFrame
) -> Finding:
    """Compare a real ImageNet network on photographs with the best method that does not borrow, and with a bar.

    The other two experiments borrow from networks of our own; they illustrate, and decide nothing.
    """
    signals, digits = (few(runs, FEW) for runs in (borrowed_signals, borrowed_digits))
    borrowed = {"signals": _best(signals[BORROWED]), "digits": _best(digits[BORROWED])}
    gain = difference_interval(borrowed["signals"], _best(signals.drop(columns=BORROWED)))
    saved = geometric_interval(worth(accuracies(borrowed_signals)["scratch"], borrowed["signals"]) / FEW)
    at = f"{FEW} a class"
    numbers = [
        percent("signals", f"accuracy with a borrowed network, signals, {at}", borrowed["signals"]),
        points("signals_gain", f"accuracy won by borrowing over the best other method, signals, {at}", gain),
        Measurement("saving", "times as many signals that the network from scratch needs for it", saved, "", ".1f"),
        percent("digits", f"accuracy with a borrowed network, digits, {at}", borrowed["digits"]),
        percent("digits_scratch", f"accuracy from scratch, digits, {at}", digits["scratch"]),
        percent("digits_hog", f"accuracy with HOG, digits, {at}", digits["HOG + SVM"]),
    ]
    tasks = {name: few(runs, near_fifty(str(name), runs)) for name, runs in imagenet_features.groupby("task")}
    if "photos" not in tasks:  # this machine has no ImageNet network
        return Finding(Verdict.UNDECIDED, numbers=tuple(numbers))
    rivals = {name: _best(found.drop(columns="ImageNet")) for name, found in tasks.items()}
    ours = {name: found["ImageNet"] for name, found in tasks.items()}
    sides = imagenet_features.groupby("task")["side"].first()
    large = bool(sides["photos"] >= SIDE)
    wins = compare(ours["photos"], rivals["photos"], smallest=GAIN.value, split=SPLIT).open_unless(large)
    reliable = compare(ours["photos"], RELIABLE, split=SPLIT).open_unless(large)
    numbers.append(percent("photos", "photographs told apart, ImageNet network", ours["photos"]))
    numbers += [
        points(
            f"{name}_imagenet_gain",
            f"accuracy won by the ImageNet network over the best other method, {name}",
            ours[name] - rivals[name],
            "+.0f",
        )
        for name in ("faces", "digits")
    ]
    return conclude(wins, reliable, numbers=numbers, drawn=("signals_gain",))


def accuracies(runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each method's accuracies in per cent, one row a seed and one column a size."""
    return {str(method): 100 * found for method, found in curves(runs, "method", "n", "accuracy").items()}


def few(runs: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return accuracies in per cent at ``n`` examples a class, one row a seed and one column a method."""
    return pd.DataFrame({method: found[n] for method, found in accuracies(runs).items()})


def near_fifty(task: str, runs: pd.DataFrame) -> int:
    """Return the images a class that come nearest to fifty in all, on one of the ImageNet network's tasks."""
    return int(min(sorted(set(runs["n"])), key=lambda n: abs(n * CLASSES.get(task, 1) - IN_ALL)))


def _best(accuracy: pd.DataFrame) -> pd.Series:
    return 100 - best(100 - accuracy)


CLAIM = Claim(
    id="C19",
    headline="True of real photographs elsewhere; open with ours",
    expected=(Verdict.UNDECIDED, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity("accuracy won by an ImageNet network, about fifty images in all", "points", "+.0f"),
            smallest=GAIN,
            refuted_by=f"With about {IN_ALL} photographs in all, of {SIDE} pixels a side or more, features of an "
            f"ImageNet network win less than {GAIN.value:g} points over the best method without it, or are right less "
            f"than {RELIABLE:g} times in a hundred.",
            judge=judge_transfer,
            note="Ahead on average; ten photographs are too few to be sure.",
            citations=("yosinski2014transferable", "tan2019efficientnet", "ojala2002multiresolution"),
        ),
        Part(
            quantity=Quantity(f"accuracy with {CALTECH_IMAGES} images a class, borrowed features", "%", ".0f", "deep"),
            refuted_by="With a few dozen images a class, features of a network trained on ImageNet do no better than "
            "the best published methods without it.",
            published=Reported(
                Verdict.HOLDS, "donahue2014decaf", "section 4.1", "Caltech-101, 102 classes", CALTECH_ACCURACY
            ),
        ),
    ),
    why="Borrowing pays where the lender has learned what you need and cannot easily write down.",
    figure="when_to_use/plot_borrowing",
)
