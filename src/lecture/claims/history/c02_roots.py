"""C02: perceptron, multilayer network and automatic differentiation all date from the 1950s and 60s.

Sources decide the dates. The three ingredients also run here: what was printed then does what it promises.
"""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported
from lecture.claims.measurement import YEAR, exact, mean, percent
from lecture.claims.verdict import Verdict, of_answer
from lecture.data.literature.milestones import AUTODIFF, MULTILAYER, PERCEPTRON, first
from lecture.statistics import mostly

ROUNDING = 1e-12  # two programs in double precision (16 digits) that differ by less, relatively, compute the same thing


def judge_perceptron(perceptron: pd.DataFrame) -> Finding:
    """Ask whether the rule keeps Novikoff's bound on AND and OR, and never settles on XOR, in every order."""
    last = perceptron[perceptron["pass"] == perceptron["pass"].max()]
    separable, xor = last[last["bound"] < float("inf")], last[last["gate"] == "XOR"]
    learned = (separable["mistakes"] <= separable["bound"]) & (separable["mistakes_now"] == 0)
    harder = last[last["gate"] == "AND"]
    numbers = (
        exact("most_and", "AND, most mistakes of any seed", harder["mistakes"].max()),
        exact("bound_and", "AND, Novikoff's bound", harder["bound"].max()),
        mean("xor_now", "XOR, mistakes in the last pass", xor["mistakes_now"], spec=".1f"),
    )
    return Finding(of_answer(bool(learned.all() and (xor["mistakes_now"] > 0).all())), numbers=numbers)


def judge_hidden_layer(hidden_layer: pd.DataFrame) -> Finding:
    """Ask whether one hidden layer solves XOR from most starts."""
    end = hidden_layer[hidden_layer["step"] == hidden_layer["step"].max()]
    solved = mostly(end["right"] == 4)
    share = percent("xor_solved", "starts from which one hidden layer solves XOR", solved.interval.percent())
    return Finding(of_answer(solved.answer), numbers=(share,), drawn=("xor_solved",))


def judge_autodiff(autodiff: pd.DataFrame) -> Finding:
    """Ask whether a page of automatic differentiation, in either direction, gives PyTorch's gradient."""
    most = autodiff["weights"].max()
    work = autodiff[autodiff["weights"] == most].groupby("mode")["multiplications"].max()
    error = autodiff["error"].max()
    numbers = (
        exact("error", "largest relative difference from PyTorch's gradient", error, spec=".0e"),
        exact("weights", "weights of the largest network differentiated", most),
        exact("forward", "multiplications, forward mode", work["forward"]),
        exact("backward", "multiplications, reverse mode", work["backward"]),
    )
    return Finding(of_answer(bool(error < ROUNDING)), numbers=numbers, drawn=("forward", "backward"))


FIRST = Quantity("first published", YEAR, ".0f", "deep")

CLAIM = Claim(
    id="C02",
    headline="Right: all three are that old",
    expected=(Verdict.HOLDS, Verdict.HOLDS, Verdict.HOLDS),
    parts=(
        Part(
            quantity=FIRST,
            refuted_by="The perceptron was first published outside these two decades.",
            judge=judge_perceptron,
            published=Reported(Verdict.HOLDS, "rosenblatt1958perceptron", value=first(PERCEPTRON).year),
            citations=("novikoff1962convergence",),
        ),
        Part(
            quantity=FIRST,
            refuted_by="No network of several layers that learn was published in these two decades.",
            judge=judge_hidden_layer,
            published=Reported(
                Verdict.HOLDS, "schmidhuber2015deep", "section 5.3", "layer after layer", first(MULTILAYER).year
            ),
            citations=("ivakhnenko1971polynomial", "amari1967theory"),
        ),
        Part(
            quantity=FIRST,
            refuted_by="No machine differentiated formulas or programs in these two decades.",
            judge=judge_autodiff,
            published=Reported(
                Verdict.HOLDS, "baydin2018automatic", "references", "theses and programs", first(AUTODIFF).year
            ),
            note="Its reverse mode, which PyTorch and TensorFlow use, came just after.",
            citations=("wengert1964simple", "linnainmaa1976taylor"),
        ),
    ),
    why="All were in print in those two decades and do, run today, what they promise. What was missing was the reverse "
    "mode, which needs one pass for all weights, and machines to run it.",
    figure="history/plot_timeline",
)
