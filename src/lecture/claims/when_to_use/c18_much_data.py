"""C18: use it when you have much data."""

from collections.abc import Mapping

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, points
from lecture.claims.verdict import Verdict, halves_of
from lecture.claims.when_to_use.learning_curves import Curves, by_method, censored_interval, crossings, lead, sizes
from lecture.data.literature.when_it_pays import WORDS_TO_OVERTAKE, WORDS_TO_OVERTAKE_TUNED
from lecture.experiments.history.end_to_end import EndToEnd
from lecture.experiments.history.pipeline import Pipeline
from lecture.experiments.saturation.scaling_classical import ScalingClassical, ScalingTrees
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.experiments.when_to_use.distorted_digits import DistortedDigits
from lecture.experiments.when_to_use.image_curves import ImageCurves
from lecture.experiments.when_to_use.signal_curves import SignalCurves
from lecture.statistics import compare_several

SHARED = {name: name for name in ("logistic", "neighbours", "forest", "boosting", "kernel")}
CLASSICAL = {**SHARED, "SVM": "SVM", "pixels, RBF SVM": "SVM"}
NETWORKS = {"MLP": "MLP", "fixed": "narrow CNN", "family": "CNN", "network": "CNN"}
HANDMADE = {name: name for name in ("HOG, linear SVM", "HOG, RBF SVM", "words, linear SVM", "words, RBF SVM")}
TAUGHT = {"network, shifts": "CNN, shifts", "network, distortions": "CNN, distortions"}
SIGNALS = (ScalingDeep, ScalingClassical, ScalingTrees, SignalCurves)
IMAGES = (Pipeline, EndToEnd, ImageCurves, DistortedDigits)
POOLS = {"signals": None, "images": (4, 1)}
"""How a seed divides the images that all seeds share; signals are fresh for every seed."""
LEAD = Smallest(1.0, "a point of error is no reason to choose a method")
MUCH = 10_000  # examples: a race that ends earlier has not come to much data, and cannot say who wins there


def races(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[Curves, Curves]]:
    """Return for each task the curves of the classical methods and of the networks; ``handmade`` is images again."""
    images = pd.concat([tables[name] for name in ("pipeline", "end_to_end", "image_curves", "distorted_digits")])
    names = ("scaling_classical", "scaling_trees", "scaling_deep", "signal_curves")
    signals = pd.concat([tables[name] for name in names])
    return {
        "signals": (by_method(signals, CLASSICAL), by_method(signals, NETWORKS)),
        "images": (by_method(images, CLASSICAL), by_method(images, NETWORKS)),
        "handmade": (by_method(images, HANDMADE), by_method(images, {**NETWORKS, **TAUGHT})),
    }


def judge_crossing(**tables: pd.DataFrame) -> Finding:
    """Ask on both tasks whether classical methods lead with the fewest examples and networks with the most."""
    found = races(tables)
    leads = {task: lead(*parties) for task, parties in found.items()}
    comparisons = []
    for task, split in POOLS.items():
        first, last = leads[task].iloc[:, 0], leads[task].iloc[:, -1]
        both = compare_several({"much": (last, 0), "few": (-first, 0)}, smallest=LEAD.value, split=split)
        comparisons += [one.open_unless(sizes(leads[task])[-1] >= MUCH) for one in both.values()]

    mlp = lead(found["signals"][0], {"MLP": found["signals"][1]["MLP"]})
    crossing = censored_interval(crossings(leads["signals"]), bound=sizes(leads["signals"])[0])
    numbers = [
        _lead("few_signals", "signals", leads["signals"].iloc[:, 0]),
        _lead("few_images", "real images", leads["images"].iloc[:, 0]),
        _lead("much_images", "real images", leads["images"].iloc[:, -1]),
        _lead("mlp_signals", "signals, the network being an MLP", mlp.iloc[:, -1]),
        _lead("handmade", "real images, the rival being told about edges", leads["handmade"].iloc[:, -1]),
        Measurement("crossing", "examples from which on the best network leads, signals", crossing, "", ",.0f"),
    ]
    return conclude(
        *comparisons, rule=halves_of(2, 2), numbers=numbers, drawn=("few_signals", "few_images", "much_images")
    )


def _lead(key: str, where: str, points_ahead: pd.Series) -> Measurement:
    words = f"lead of the best network, {where}, {points_ahead.name:,} examples"
    return points(key, words, points_ahead, colour="deep")


CLAIM = Claim(
    id="C18",
    headline="So in translation and on signals; too few images here",
    expected=(Verdict.IN_PART, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity("lead of the best network with the most examples, signals", "points", "+.1f", "deep"),
            smallest=LEAD,
            refuted_by="On signals and on real images, the best classical method does not lead the best network with "
            f"the fewest examples, or the best network does not lead with the most, {MUCH:,} at least; methods are "
            "chosen on the other half of the seeds.",
            judge=judge_crossing,
            experiments=(*SIGNALS, *IMAGES),
            note="So it was on signals; our images are too few to tell.",
            citations=("perlich2003tree",),
        ),
        Part(
            refuted_by="Published learning curves of networks and of classical methods do not cross, or cross the "
            "other way.",
            published=Reported(
                Verdict.HOLDS, "koehn2017six", "section 3.2", "translation, up to hundreds of millions of words"
            ),
            says=f"Neural translation led from some {WORDS_TO_OVERTAKE / 1e6:.0f} million words on; with settings "
            f"made for few words from {WORDS_TO_OVERTAKE_TUNED:,} on.",
            citations=("sennrich2019revisiting",),
        ),
    ),
    why="A network brings few assumptions and must buy them with examples. How many it takes depends on the task, on "
    "what the network knows of its shape, and on what the rival was told.",
    figure="when_to_use/plot_much_data",
)
