"""C19: an exception to the rule of much data: transfer learning makes a decent model from a few dozen images."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict, key_of
from lecture.experiments.when_to_use.borrowed_digits import BorrowedDigits
from lecture.experiments.when_to_use.borrowed_signals import BorrowedSignals
from lecture.experiments.when_to_use.imagenet_features import MISSING, ImagenetFeatures
from lecture.statistics import Interval, difference_interval, geometric_interval, mean_interval, share_opposite

FEW = 10  # examples of each of five classes: four dozen in all, and two more
IN_ALL = 50  # images in all, or as near as the sizes come
DECENT = 75.0  # per cent, where guessing gets 20: three in four
BORROWED = ("fine-tuned", "frozen")
CLASSES = {"photos": 10, "faces": 2, "digits": 5}
WORDS = {
    "signals": "signals",
    "digits": "handwritten digits",
    "photos": "pieces of ten photographs",
    "faces": "faces or not",
    "scratch": "network from scratch",
    "fine-tuned": "fine-tuned network",
    "frozen": "frozen features",
    "SVM": "support vector machine",
    "neighbours": "nearest neighbours",
    "HOG + SVM": "HOG and support vector machine",
    "LBP + SVM": "local binary patterns and support vector machine",
    "ImageNet": "features of the ImageNet network",
}


def judge(signals: pd.DataFrame, digits: pd.DataFrame, imagenet: pd.DataFrame) -> Finding:
    """Compare, at ten examples a class, the better way to borrow with the best method that does not borrow.

    The better way and the best rival are those of the means shown, which flatters both sides a little. The verdict
    comes from the signals and the digits alone: the ImageNet network is not everywhere.
    """
    found: list[Measurement] = []
    helps, decent, opposite = [], [], []
    for task, runs in (("signals", signals), ("digits", digits)):
        curves = accuracies(runs)
        few = {method: curve[FEW] for method, curve in curves.items()}
        ours = best({method: few[method] for method in BORROWED})
        rival = best({method: few[method] for method in few if method not in BORROWED})
        gain = difference_interval(few[ours], few[rival])
        helps.append(gain.above(0))
        decent.append(mean_interval(few[ours]).above(DECENT))
        opposite.append(share_opposite(few[ours], few[rival]))
        what = f"{WORDS[ours]} over {WORDS[rival]}, {WORDS[task]}, {FEW} a class"
        found.append(Measurement(f"gain_{task}", f"accuracy won by borrowing: {what}", gain, "points", "+.1f"))
        found.append(_over_scratch(task, ours, few))
        found += _levels(task, curves)
        found.append(_saving(task, curves["scratch"], few[ours]))
    full = all(helps) and all(decent)
    verdict = Verdict.FAILS if not any(helps) else Verdict.HOLDS if full else Verdict.CAVEAT
    found += _imagenet(imagenet)
    scale = (
        "signals_frozen",
        "signals_scratch",
        "signals_svm",
        "digits_fine_tuned",
        "digits_scratch",
        "digits_hog_svm",
    )
    return Finding(verdict, tuple(found), max(opposite), tuple(f"{name}_{FEW}" for name in scale))


def accuracies(runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each method's accuracies in percent, one row a seed and one column a size, in the order of the records."""
    return {
        str(method): 100 * part.pivot(index="seed", columns="n", values="accuracy")
        for method, part in runs.groupby("method", sort=False)
    }


def best(columns: dict[str, pd.Series]) -> str:
    """Return the name of the one with the highest mean over the seeds."""
    return max(columns, key=lambda name: float(columns[name].mean()))


def near_fifty(task: str, runs: pd.DataFrame) -> int:
    """Return the images a class that come nearest to fifty in all, on one of the ImageNet network's tasks."""
    sizes = sorted(set(runs["n"]))
    return int(min(sizes, key=lambda n: abs(n * CLASSES[task] - IN_ALL)))


def _levels(task: str, curves: dict[str, pd.DataFrame]) -> Iterator[Measurement]:
    """Yield every method's accuracy at every size, as ``signals_fine_tuned_10``."""
    for method, curve in curves.items():
        for n in curve:
            words = f"accuracy of {WORDS[method]}, {WORDS[task]}, {n} a class"
            yield Measurement(
                f"{task}_{key_of(method)}_{n}", words, mean_interval(curve[n]), "%", ".1f", colour=_hue(method)
            )


def _over_scratch(task: str, ours: str, few: dict[str, pd.Series]) -> Measurement:
    words = f"accuracy of {WORDS[ours]} less that of the network from scratch, {WORDS[task]}, {FEW} a class"
    return Measurement(f"over_scratch_{task}", words, difference_interval(few[ours], few["scratch"]), "points", "+.1f")


def _saving(task: str, scratch: pd.DataFrame, reached: pd.Series) -> Measurement:
    """Measure with how many times the examples the network from scratch gets as far, read off its own curve."""
    sizes = np.log(scratch.columns.to_numpy(dtype=float))
    needed = [
        np.exp(np.interp(goal, np.maximum.accumulate(row), sizes))
        for goal, row in zip(reached, scratch.to_numpy(), strict=True)
    ]
    words = f"times as many examples with which the network from scratch gets as far, {WORDS[task]}"
    return Measurement(f"saving_{task}", words, geometric_interval(np.array(needed) / FEW), spec=".1f", colour="deep")


def _imagenet(runs: pd.DataFrame) -> Iterator[Measurement]:
    """Yield what a real network is worth with about fifty images in all; nothing where it is not installed."""
    for task, part in runs[runs["task"] != MISSING].groupby("task", sort=False):
        name, n = str(task), near_fifty(str(task), part)
        few = {method: curve[n] for method, curve in accuracies(part).items()}
        rival = best({method: few[method] for method in few if method != "ImageNet"})
        where = f"{WORDS[name]}, {n} a class"
        for method, column in few.items():
            label = "" if method == "ImageNet" else f"_{key_of(method)}"
            words = f"accuracy of {WORDS[method]}, {where}"
            yield Measurement(f"imagenet_{name}{label}", words, mean_interval(column), "%", ".0f", colour=_hue(method))
        gain = difference_interval(few["ImageNet"], few[rival])
        words = f"accuracy won by the ImageNet network over {WORDS[rival]}, {where}"
        yield Measurement(f"imagenet_{name}_gain", words, gain, "points", "+.0f")
        yield Measurement(
            f"imagenet_{name}_total", f"images in all, {where}", Interval.exact(n * CLASSES[name]), spec=".0f"
        )


def _hue(method: str) -> str:
    return "deep" if method in ("scratch", *BORROWED, "ImageNet") else "classical"


CLAIM = Claim(
    id="C19",
    refuted_by=(
        f"With {FEW} examples of each of five new classes, four dozen in all, a network that knows five other classes "
        "(fine-tuned or with frozen features, the better of both) does not beat the same network from scratch and the "
        "best classical method, neither on signals nor on handwritten digits. A caveat is due if it does so on one of "
        f"the two only, or if it is not right at least {DECENT:g} times in a hundred on both."
    ),
    expected=Verdict.CAVEAT,
    why=(
        "On signals a network that knows five other classes beats everything that starts from nothing, but four dozen "
        "examples did not make it a decent model. On handwritten digits it loses to features made by hand. "
        "Borrowing pays where the lender has learned what you need and cannot easily write down."
    ),
    experiments=(BorrowedSignals, BorrowedDigits, ImagenetFeatures),
    judge=judge,
    figure="when_to_use/plot_borrowing",
    citations=("yosinski2014transferable", "tan2019efficientnet", "ojala2002multiresolution"),
)
