"""C27: the barrier gets lower, since a student can train a model, and higher, since a product needs much money."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import exact, mean, percent
from lecture.claims.saturation.learning_curves import by_method
from lecture.claims.verdict import Verdict
from lecture.data.literature.scaling import CHEAPER
from lecture.data.literature.training_costs import GROWTH, STUDY
from lecture.experiments.saturation.decent_model import lines as count_lines
from lecture.statistics import Comparison, compare

AHEAD = Smallest(0.0, "any lead will do: the rival was tuned by hand, the beginner's network was not")
LINES, SECONDS = 50, 60.0
EXAMPLES = 4000  # that the beginner's network learns from; the classical methods get the next larger size


def judge_lower(decent_model: pd.DataFrame, scaling_classical: pd.DataFrame, scaling_trees: pd.DataFrame) -> Finding:
    """Ask whether an untuned network of a page of code beats the best tuned classical method on the raw points."""
    accuracy, seconds, lines = 100 * decent_model["accuracy"], decent_model["seconds"], count_lines()
    rivals = by_method(scaling_classical, scaling_trees)
    seeds = decent_model["seed"]  # fewer than the rivals have
    before = {key: 100 - errors[_enough(errors)].loc[seeds].to_numpy() for key, errors in rivals.items()}
    best = max(before, key=lambda key: float(before[key].mean()))
    numbers = [
        exact("lines", "lines of code of a classifier, imports aside", lines),
        mean("seconds", "time for all of it on one core", seconds, "s", ".1f", colour="deep"),
        percent("accuracy", "right on new examples, a beginner's network", accuracy, colour="deep"),
        percent("classical", "right on new examples, best classical method, tuned", before[best], colour="classical"),
    ]
    return conclude(
        compare(accuracy, before[best], smallest=AHEAD.value),
        compare(seconds, smallest=SECONDS).negated(),
        Comparison.exact(lines, lines < LINES),
        numbers=numbers,
        drawn=("accuracy", "classical"),
    )


def _enough(errors: pd.DataFrame) -> int:
    return min((int(n) for n in errors.columns if int(n) >= EXAMPLES), default=int(errors.columns.max()))


CLAIM = Claim(
    id="C27",
    headline="Both true: beginners start easily, the front row costs fortunes",
    expected=(Verdict.HOLDS, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity(
                "accuracy of a beginner's network over the best classical method's", "points", "+.0f", "deep"
            ),
            smallest=AHEAD,
            refuted_by="A classifier in plain PyTorch takes fifty lines or a minute, or is no better than the best "
            "classical method on the raw points, which was tuned and given no fewer examples.",
            judge=judge_lower,
            published=Reported(Verdict.HOLDS, "hernandez2020measuring", "abstract", "ImageNet, 2012 to 2019"),
            says=f"A classifier as good as AlexNet took {CHEAPER} times less computing at the end.",
        ),
        Part(
            quantity=Quantity("growth of the cost of the largest trainings, a year", "×", ".1f"),
            refuted_by="The cost of the most compute-intensive trainings does not grow from year to year.",
            published=Reported(Verdict.HOLDS, STUDY, "abstract", "the largest models since 2016", GROWTH),
            citations=("brown2020language", "krizhevsky2012imagenet"),
        ),
    ),
    why="No features had to be designed and nothing was tuned. What is dear is the front row, where hardware, energy, "
    "chips and people are paid for the next bit of quality.",
    figure="saturation/plot_paradox",
)
