"""C28: small changes that fool a network.

All seeds split one pool of images, so the intervals speak of splits and starts, not of fresh data.
"""

from dataclasses import replace

import pandas as pd

from lecture.claims.claim import Finding, Measurement, Published, Verdict
from lecture.claims.part import Part
from lecture.claims.selection import groups
from lecture.data.literature.robustness import MADRY
from lecture.experiments.outlook.adversarial import LINEAR, ROBUST, STANDARD, Adversarial
from lecture.statistics import Interval, difference_interval, mean_interval

SMALL = 0.1  # the change that is called small: a tenth of the way from white to black
STRONG = 0.3  # the change of Madry et al.
NOTHING = 5.0  # points: a change that costs less has hardly been noticed
MUCH = 25.0  # points that the attack must cost beyond what noise of its size costs
LITTLE = 10.0  # points: if it does not cost even that, gradients tell an attacker little
TOLERANCE = 2.0  # points that an attack in ten steps may miss
NAMES = {STANDARD: "network", ROBUST: "robust", LINEAR: "linear"}
COLOURS = {STANDARD: "deep", ROBUST: "ink", LINEAR: "classical"}


Key = tuple[str, str, float]


def percents(table: pd.DataFrame) -> dict[Key, pd.Series]:
    """Return accuracy in per cent, one number for each seed, by model, attack and epsilon."""
    rows = table.sort_values("seed")
    return {
        key: 100 * runs["accuracy"].reset_index(drop=True) for key, runs in groups(rows, "model", "attack", "epsilon")
    }


def sound(scores: dict[Key, pd.Series]) -> bool:
    """Tell whether the attack is as strong as it says, so that no defence is taken for more than it is.

    Many steps are no weaker than one; more steps from another start hardly find more; with much freedom it fools
    everybody; who does not know the network does it less harm; and where the worst is known, it is reached.
    """
    mean = {key: float(percent.mean()) for key, percent in scores.items()}
    epsilons = sorted({epsilon for _, attack, epsilon in scores if attack == "PGD"})
    missed = [mean[m, "PGD", SMALL] - mean[m, "thorough", SMALL] for m in NAMES]
    unknown = difference_interval(scores[STANDARD, "transfer", SMALL], scores[STANDARD, "PGD", SMALL])
    return (
        all(mean[m, "PGD", e] <= mean[m, "FGSM", e] + TOLERANCE for m in NAMES for e in epsilons)
        and max(missed) < 2 * TOLERANCE
        and max(mean[m, "PGD", epsilons[-1]] for m in NAMES) < LITTLE
        and unknown.above(0)
        and -0.01 < mean[LINEAR, "PGD", SMALL] - mean[LINEAR, "exact", SMALL] < 2 * TOLERANCE
    )


def judge(table: pd.DataFrame) -> Finding:
    """Ask what an attack costs beyond what noise of the same size costs, and whether the attack is sound."""
    scores = percents(table)

    def lost(model: str, attack: str, epsilon: float = SMALL) -> Interval:
        return difference_interval(scores[model, "none", 0.0], scores[model, attack, epsilon])

    beyond = difference_interval(scores[STANDARD, "noise", SMALL], scores[STANDARD, "PGD", SMALL])
    noise = lost(STANDARD, "noise")
    if not beyond.above(LITTLE):
        verdict = Verdict.FAILS
    elif beyond.above(MUCH) and noise.below(NOTHING) and sound(scores):
        verdict = Verdict.HOLDS
    else:
        verdict = Verdict.CAVEAT

    clean = {model: scores[model, "none", 0.0] for model in NAMES}
    price = difference_interval(clean[STANDARD], clean[ROBUST])
    gradients = table.groupby("model")["gradients"].first()
    times = Interval.exact(gradients[ROBUST] / gradients[STANDARD])
    singles = scores[STANDARD, "noise", SMALL] - scores[STANDARD, "PGD", SMALL]
    strong = {model: scores[model, "PGD", STRONG] for model in NAMES}
    measured = [
        Measurement("beyond", "accuracy lost to an attack, beyond noise", beyond, "points", ".0f", colour="deep"),
        Measurement("noise_lost", "accuracy lost to noise", noise, "points", ".1f"),
        *(_accuracy(f"clean_{NAMES[m]}", f"accuracy, {m}", clean[m], m) for m in NAMES),
        *(
            _accuracy(f"{attack.lower()}_{NAMES[m]}", f"accuracy under {words}, {m}", scores[m, attack, SMALL], m)
            for m in NAMES
            for attack, words in (("FGSM", "one step"), ("PGD", "an attack"), ("noise", "noise"))
        ),
        _accuracy("exact_linear", f"accuracy under the worst change, {LINEAR}", scores[LINEAR, "exact", SMALL], LINEAR),
        _accuracy("transfer", "accuracy under a stranger's attack", scores[STANDARD, "transfer", SMALL], STANDARD),
        _accuracy("thorough", "accuracy under a longer attack", scores[STANDARD, "thorough", SMALL], STANDARD),
        replace(
            _accuracy("strong_robust", f"accuracy under an attack of {STRONG:g}, {ROBUST}", strong[ROBUST], ROBUST),
            published=Published(MADRY.accuracy, MADRY.citation, MADRY.where),
        ),
        _accuracy("strong_network", f"accuracy under an attack of {STRONG:g}, {STANDARD}", strong[STANDARD], STANDARD),
        Measurement("price", "accuracy lost on clean images by training under attack", price, "points", "+.1f"),
        Measurement("times", "gradients of training under attack, in those of training", times, "×", ".0f"),
        Measurement("epsilon", "largest change of a pixel", Interval.exact(SMALL), spec="g"),
    ]
    return Finding(verdict, tuple(measured), float((singles <= LITTLE).mean()))


def _accuracy(key: str, words: str, percent: pd.Series, model: str) -> Measurement:
    return Measurement(key, words, mean_interval(percent), "%", ".0f", colour=COLOURS[model])


PART = Part(
    key="adversarial",
    says="adversarial attacks",
    refuted_by="On test images of MNIST a change of at most a tenth of the grey scale in each pixel, found by "
    "following the gradient, costs a network no more than 10 points of accuracy beyond what random signs of the "
    "same size cost. A caveat is due if it costs less than 25 points, if noise alone costs 5, or if the attack fails "
    "a check of its strength.",
    expected=Verdict.HOLDS,
    experiments=(Adversarial,),
    judge=judge,
    citations=(
        "szegedy2014intriguing",
        "goodfellow2015explaining",
        "madry2018towards",
        "wong2020fast",
    ),
)
