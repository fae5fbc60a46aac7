"""C07: dropout solved overfitting, though in hindsight it is not the best way to.

All seeds split one pool of images, so every interval is corrected for what their splits share.
"""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, Published, key_of, percent, points
from lecture.claims.selection import groups
from lecture.claims.verdict import Verdict
from lecture.data.literature.dropout import DROPOUT, GAIN
from lecture.experiments.history.cures import ASIDE, Cures
from lecture.statistics import Interval, compare, compare_several, resampled_interval, some

TRAINED = 99.0
"""Per cent of the training images: a thinned network below has not been trained to its end, and refutes nothing."""
SPLIT = 5000 - ASIDE - Cures.test, Cures.test
"""How a seed divides the images that all seeds share, at every preset that is judged: to learn from, and to test on."""
CLEAR = Smallest(0.3, "with all of MNIST its inventors gained about as much")
BETTER = Smallest(1.0, "one image in a hundred is worth another cure")
SAME_DATA = ("weight decay", "batch norm", "early stopping", "augmentation")
"""The other cures that need no more images than dropout, and are not dropout with something added."""


def percents(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return, for each cure and seed, ``train`` and ``test`` accuracy and their difference ``gap``, in per cent."""
    found = {}
    for cure, runs in groups(table.sort_values("seed"), "cure"):
        train, test = (100 * runs[f"{part}_accuracy"].to_numpy() for part in ("train", "test"))
        found[cure] = pd.DataFrame({"train": train, "test": test, "gap": train - test})
    return found


def judge_dropout(cures: pd.DataFrame) -> Finding:
    """Ask whether dropout helps, compared with the same network on the same images without it."""
    found = percents(cures)
    gain = compare(found["dropout"].test, found["nothing"].test, smallest=CLEAR.value, split=SPLIT)
    return conclude(gain.open_unless(bool(found["dropout"].train.mean() > TRAINED)))


def judge_cures(cures: pd.DataFrame) -> Finding:
    """Ask whether another cure, each at its best strength, is better than dropout on the same images."""
    found = percents(cures)
    treated, nothing, many = found["dropout"], found["nothing"], found["8x data"]
    pairs = {cure: (found[cure].test, treated.test) for cure in SAME_DATA}
    better = compare_several(pairs, smallest=BETTER.value, split=SPLIT)
    numbers = [
        *(
            _change(cure, compare(found[cure].test, nothing.test, split=SPLIT).interval)
            for cure in ("dropout", *SAME_DATA, "4x data", "8x data")
        ),
        _change("dropout, 8x data", compare(found["dropout, 8x data"].test, many.test, split=SPLIT).interval),
        percent("train_nothing", "training accuracy without a cure", resampled_interval(nothing.train, *SPLIT), ".1f"),
        percent("test_nothing", "test accuracy without a cure", resampled_interval(nothing.test, *SPLIT), ".1f"),
        points("gap_8x_data", "gap, 8x data", resampled_interval(many.gap, *SPLIT), ".1f"),
    ]
    best_first = sorted(better.values(), key=lambda gain: -gain.interval.value)
    drawn = tuple(f"change_{key_of(cure)}" for cure in ("dropout", *SAME_DATA))
    return conclude(*best_first, rule=some, numbers=numbers, drawn=drawn)


def _change(cure: str, change: Interval) -> Measurement:
    """Return what a cure changes, against the same network on the same images without it."""
    colour = "deep" if cure.startswith("dropout") else "ink"
    there = Published(GAIN, DROPOUT.citation, DROPOUT.where) if cure == "dropout, 8x data" else None
    return points(f"change_{key_of(cure)}", f"change of test accuracy, {cure}", change, colour=colour, published=there)


CLAIM = Claim(
    id="C07",
    headline="Dropout cured it; another cure does more",
    expected=(Verdict.HOLDS, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity("test accuracy won by dropout", "points", "+.1f", "deep"),
            smallest=CLEAR,
            refuted_by="The network, trained to its end with dropout, is not better on new images than without.",
            judge=judge_dropout,
            published=Reported(Verdict.HOLDS, "krizhevsky2012imagenet", "section 4.2", "1.2 million photographs"),
            says="Without dropout the network overfits substantially.",
            note="At scale by its authors' word; here on a few hundred digits, measured.",
            citations=("srivastava2014dropout", "hinton2012improving"),
        ),
        Part(
            quantity=Quantity("test accuracy of the best other cure, minus dropout's", "points", "+.1f"),
            smallest=BETTER,
            refuted_by="Weight decay, batch normalisation, early stopping and augmentation, each at its best strength "
            "and on the same images, are none of them better than dropout.",
            judge=judge_cures,
            published=Reported(Verdict.IN_PART, "ioffe2015batch", "abstract", "1.2 million photographs"),
            says="Batch normalisation sometimes replaces it; on MNIST weight decay does less (Srivastava).",
            citations=("srivastava2014dropout",),
        ),
    ),
    why="Dropout makes do with what the images say. Shifted copies tell the network what they do not: that a shifted "
    "seven is a seven.",
    figure="history/plot_cures",
)
