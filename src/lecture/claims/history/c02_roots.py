"""C02: perceptron, multilayer network and automatic differentiation all date from the 1950s and 60s."""

import pandas as pd

from lecture.claims.claim import YEAR, Claim, Finding, Measurement, Verdict
from lecture.data.literature.milestones import FORWARD, MULTILAYER, PERCEPTRON, REVERSE, first
from lecture.experiments.history.autodiff import Autodiff
from lecture.experiments.history.hidden_layer import HiddenLayer
from lecture.experiments.history.perceptron import PerceptronRule
from lecture.statistics import Interval, mean_interval, wilson_interval

YEARS_SAID = range(1950, 1970)
ROUNDING = 1e-12
"""Two programs in double precision (16 digits) that differ by less, relatively, compute the same thing."""
YEARS = {name: first(name).year for name in (REVERSE, PERCEPTRON, MULTILAYER, FORWARD)}


def judge(rule: pd.DataFrame, hidden: pd.DataFrame, autodiff: pd.DataFrame, years: dict[str, int] = YEARS) -> Finding:
    """Ask whether the dates are right, and whether the three ingredients, run today, do what they promise."""
    last = rule[rule["pass"] == rule["pass"].max()]
    separable = last[last["bound"] < float("inf")]
    learned = (separable["mistakes"] <= separable["bound"]) & (separable["mistakes_now"] == 0)
    xor = last[last["gate"] == "XOR"]
    end = hidden[hidden["step"] == hidden["step"].max()]
    solved = wilson_interval(int((end["right"] == 4).sum()), len(end))
    agrees = autodiff["error"] < ROUNDING

    runs = bool(learned.all() and (xor["mistakes_now"] > 0).all() and agrees.all()) and solved.above(0.5)
    dated = all(years[name] in YEARS_SAID for name in (PERCEPTRON, MULTILAYER, FORWARD))
    in_time = years[REVERSE] in YEARS_SAID
    verdict = Verdict.FAILS if not (runs and dated) else Verdict.HOLDS if in_time else Verdict.CAVEAT

    work = autodiff[autodiff["weights"] == autodiff["weights"].max()].set_index("mode")["multiplications"]
    return Finding(
        verdict,
        (
            *(_year(name, year) for name, year in years.items()),
            *(m for gate, rows in separable.groupby("gate") for m in _gate(str(gate), rows)),
            _exact("passes", "passes over the four examples", last["pass"].max()),
            Measurement("xor_now", "XOR, mistakes in the last pass", mean_interval(xor["mistakes_now"]), spec=".1f"),
            Measurement(
                "xor_solved",
                "seeds in which one hidden layer solves XOR",
                Interval(100 * solved.value, 100 * solved.low, 100 * solved.high, solved.n),
                "%",
                ".0f",
                colour="deep",
            ),
            _exact("seeds", "seeds of each", len(end)),
            _exact("steps", "steps of gradient descent", end["step"].max()),
            _exact("error", "largest relative difference from PyTorch's gradient", autodiff["error"].max(), ".0e"),
            _exact("weights", "weights of the largest network differentiated", autodiff["weights"].max(), ",.0f"),
            _exact("forward", "multiplications, forward mode", work["forward"].max(), ",.0f"),
            _exact("backward", "multiplications, reverse mode", work["backward"].max(), ",.0f"),
        ),
        opposite=max(1 - learned.mean(), 1 - agrees.mean(), 1 - solved.value),
        scale=(*(_key(name) for name in (PERCEPTRON, FORWARD, MULTILAYER, REVERSE)), "xor_solved"),
    )


def _gate(gate: str, rows: pd.DataFrame) -> list[Measurement]:
    key, mistakes = gate.lower(), rows["mistakes"]
    return [
        Measurement(f"mistakes_{key}", f"{gate}, mistakes until none", mean_interval(mistakes), spec=".1f"),
        _exact(f"most_{key}", f"{gate}, most mistakes of any seed", mistakes.max()),
        Measurement(f"bound_{key}", f"{gate}, Novikoff's bound", Interval.exact(rows["bound"].iloc[0]), spec=".0f",
                    colour="neutral"),
    ]  # fmt: skip


def _year(ingredient: str, year: int) -> Measurement:
    colour = "deep" if year in YEARS_SAID else "classical"
    return Measurement(_key(ingredient), f"first published: {ingredient}", Interval.exact(year), YEAR, ".0f",
                       colour=colour)  # fmt: skip


def _key(ingredient: str) -> str:
    return f"year_{ingredient.replace(' ', '_')}"


def _exact(key: str, quantity: str, value: float, spec: str = ".0f") -> Measurement:
    return Measurement(key, quantity, Interval.exact(value), spec=spec)


CLAIM = Claim(
    id="C02",
    refuted_by="Perceptron, multilayer network or automatic differentiation was first published outside the years "
    "1950 to 1969; or the ingredients do not work when run: the perceptron breaks Novikoff's bound on AND or OR, or "
    "settles on XOR; one hidden layer does not solve XOR in most seeds; a page of reverse mode differs from PyTorch by "
    "more than rounding. A caveat is due if reverse mode, which is what PyTorch uses, is younger than that.",
    expected=Verdict.CAVEAT,
    why="Perceptron, network of many layers and automatic differentiation were all in print in those two decades, and "
    "run today they do what they promise. But automatic differentiation was forward mode then, with a pass for every "
    "weight. Reverse mode, which PyTorch uses and which needs one pass for all of them, came just after.",
    experiments=(PerceptronRule, HiddenLayer, Autodiff),
    judge=judge,
    figure="history/plot_timeline",
    citations=(
        "rosenblatt1958perceptron",
        "novikoff1962convergence",
        "wengert1964simple",
        "ivakhnenko1971polynomial",
        "linnainmaa1976taylor",
        "schmidhuber2015deep",
    ),
)
