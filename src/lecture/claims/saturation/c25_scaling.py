"""C25: earlier methods stop improving however much data, compute or model they get; deep learning keeps improving."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, exact, percent, points
from lecture.claims.saturation.learning_curves import by_method, forecasts, frontier, grid, shares
from lecture.claims.verdict import Verdict, halves
from lecture.experiments.saturation.scaling_deep import FAMILY, FIXED
from lecture.statistics import Interval, compare, compare_several, difference_interval, geometric_interval

STOPPED = Smallest(10.0, "a slope of a tenth, near the flattest published ones, removes as much with each tripling")
WORDS = {
    "logistic": "logistic regression",
    "neighbours": "nearest neighbours",
    "svm": "support vector machine",
    "kernel": "kernel machine on random features",
    "forest": "forest of random trees",
    "boosting": "gradient boosting",
    "cnn": "network",
}
KNOBS = {"logistic": "steps of the solver", "forest": "trees", "boosting": "rounds", "kernel": "features"}


def judge_earlier(
    scaling_classical: pd.DataFrame,
    scaling_trees: pd.DataFrame,
    classical_size: pd.DataFrame,
    translation_heavy: pd.DataFrame,
) -> Finding:
    """Ask of each classical method whether its last tripling, of data and of what can grow, still removed error."""
    rivals, turned = by_method(scaling_classical, scaling_trees), by_method(classical_size)
    by_data = {key: shares(errors) for key, errors in rivals.items()}
    by_knob = {key: shares(errors) for key, errors in turned.items()}
    asked = {f"removed_{key}": (share, 0.0) for key, share in by_data.items()}
    asked |= {f"knob_{key}": (share, 0.0) for key, share in by_knob.items()}
    going = compare_several(asked, smallest=STOPPED.value)
    numbers = [exact("classical", "classical methods tried", len(rivals))]
    words = "error removed by the last tripling of the data"
    numbers += [
        percent(f"removed_{key}", f"{words}, {WORDS[key]}", share, colour="classical") for key, share in by_data.items()
    ]
    knobs = {key: f"error removed by three times the {KNOBS[key]}, {WORDS[key]}" for key in by_knob}
    numbers += [percent(f"knob_{key}", knobs[key], share, ".1f", "classical") for key, share in by_knob.items()]
    numbers += _heavy(by_method(translation_heavy))
    return conclude(
        *(comparison.negated() for comparison in going.values()),
        rule=halves,
        value=Interval.exact(sum(going[f"removed_{key}"].answer is True for key in rivals)),
        numbers=numbers,
        drawn=tuple(f"removed_{key}" for key in rivals),
    )


def _heavy(methods: dict[str, pd.DataFrame]) -> list[Measurement]:
    """Return level and last step of the methods on the task that was chosen against the classical ones."""
    colour, words = {"cnn": "deep"}, "error on the long strip"
    last = {
        f"heavy_{key}": (words, key, methods[key].iloc[:, -1].to_numpy()) for key in ("logistic", "neighbours", "cnn")
    }
    words += " removed by the last tripling"
    last |= {f"heavy_removed_{key}": (words, key, shares(methods[key])) for key in ("neighbours", "cnn")}
    return [
        percent(key, f"{told}, {WORDS[method]}", found, colour=colour.get(method, "classical"))
        for key, (told, method, found) in last.items()
    ]


def judge_deep(
    scaling_deep: pd.DataFrame,
    model_size: pd.DataFrame,
    compute: pd.DataFrame,
    scaling_classical: pd.DataFrame,
    scaling_trees: pd.DataFrame,
) -> Finding:
    """Ask whether the last measured tripling still removed error: of the data, and of the work on the best network."""
    networks, rivals = by_method(scaling_deep), by_method(scaling_classical, scaling_trees)
    family, cells = networks[FAMILY], grid(model_size, compute)
    by_work = shares(frontier(cells))
    widths = model_size.pivot(index="seed", columns="channels", values="error")
    hits = forecasts({**rivals, **networks})
    best = min(rivals, key=lambda key: float(rivals[key].iloc[:, -1].mean()))
    n = rivals[best].columns[-1]
    lead = f"error of the best classical method ({WORDS[best]}) less the family's, {n:,} examples"
    numbers = [
        percent("by_work", "error removed by the last tripling of the work", by_work, colour="deep"),
        percent("by_width", "error removed by the last doubling of the channels", shares(widths, 2.0), colour="deep"),
        *_bend(cells),
        points("lead_best", lead, difference_interval(rivals[best][n], family[n]), ".1f", "deep"),
        percent(
            "fixed",
            "error removed by the last tripling of the data, network of one width",
            shares(networks[FIXED]),
            colour="deep",
        ),
        *(_saving(key, rivals[key], family) for key in ("neighbours", "kernel", "forest") if key in rivals),
        exact("forecasts", "methods with a forecast of their largest size", len(hits)),
        exact("forecasts_hit", "of them, measured within its interval", sum(hit for *_, hit in hits.values())),
    ]
    for key, name in ((FAMILY, "family of networks"), (FIXED, "network of one width")):
        if key in hits:
            predicted, measured, _ = hits[key]
            numbers += [
                percent(f"forecast_{key}", f"error at the largest size, forecast, {name}", predicted, ".1f", "deep"),
                percent(f"held_out_{key}", f"error at the largest size, measured, {name}", measured, ".1f", "deep"),
            ]
    of_data, of_work = (compare(share, smallest=STOPPED.value) for share in (shares(family), by_work))
    return conclude(of_data, of_work, numbers=numbers, drawn=("by_work",))


def _bend(cells: pd.DataFrame) -> list[Measurement]:
    """Ask whether the last network but one wants capacity or steps: how much of its error twice of each removes."""
    *_, narrow, wide = sorted(set(cells.columns.get_level_values("channels")))
    *_, half, full = sorted(set(cells.columns.get_level_values("steps")))
    errors = cells.droplevel("multiply_adds", axis=1)
    pairs = {
        "wider": ("twice the channels", errors[wide, half]),
        "longer": ("twice the steps", errors[narrow, full]),
        "both": ("twice the channels and the steps", errors[wide, full]),
    }
    of = f"share of the error of {narrow} channels after {half:,} steps that"
    return [
        percent(f"bend_{key}", f"{of} {words} remove", 100 - 100 * after / errors[narrow, half], colour="deep")
        for key, (words, after) in pairs.items()
    ]


def _saving(key: str, rival: pd.DataFrame, family: pd.DataFrame) -> Measurement:
    """Measure how much less data the networks need for the rival's best error, read off on log-log axes."""
    n = rival.columns[-1]
    sizes = np.log(family.columns.to_numpy(dtype=float))
    enough = [
        np.exp(np.interp(np.log(target), np.log(np.minimum.accumulate(row))[::-1], sizes[::-1]))
        for target, row in zip(rival[n], family.to_numpy(), strict=True)
    ]
    saved = geometric_interval(n / np.array(enough))
    words = f"times less data that the family of networks needs for the error of {WORDS[key]} at {n:,} examples"
    return Measurement(f"saving_{key}", words, saved, spec=".1f", colour="deep")


CLAIM = Claim(
    id="C25",
    headline="Deep learning kept improving; most earlier methods did as well",
    expected=(Verdict.IN_PART, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity("classical methods that more data still improved at the end", "", ".0f", "classical"),
            smallest=Smallest(STOPPED.value, STOPPED.reason, "% of a method's error"),
            refuted_by="The last tripling of the data, or of what can grow in a method, still removes more than a "
            "tenth of its error, for each classical method alike.",
            judge=judge_earlier,
            published=Reported(Verdict.IN_PART, "banko2001scaling", "Figure 1", "far more text than was usual"),
            says="Older methods went on improving with the logarithm of the text, to its end.",
            note="What cannot grow stops; nearest neighbours and suitable support vector machines provably need not.",
            citations=("zhu2016need", "stone1977consistent", "steinwart2001influence", "breiman2001random"),
        ),
        Part(
            quantity=Quantity("error removed by the last tripling of the data, family of networks", "%", ".0f", "deep"),
            smallest=STOPPED,
            refuted_by="The last measured tripling of the data, for a network whose width grows with them, or of the "
            "work spent on the best network for it, removes less than a tenth of the network's error.",
            judge=judge_deep,
            published=Reported(Verdict.HOLDS, "hestness2017deep", "section 4", "translation, language, images, speech"),
            says="The error falls as a power of the number of examples, as far as it was followed.",
            citations=("kaplan2020scaling", "hoffmann2022training", "greydanus2024scaling"),
        ),
    ),
    why="A method stops where it has nothing that can grow, as logistic regression has not. The others went on, each "
    "as far as we could follow it, but they need many more examples than the network for the same error.",
    figure="saturation/plot_scaling",
)
