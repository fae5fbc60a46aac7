"""C26: competition in talent becomes competition in money: three times the servers, a better product."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, exact, percent
from lecture.claims.saturation.learning_curves import by_method, frontier, grid, law, shares
from lecture.claims.verdict import Verdict
from lecture.experiments.saturation.scaling_deep import FAMILY
from lecture.statistics import compare

BETTER = Smallest(5.0, "three times the computing takes as much off the loss of a language model, and firms pay for it")


def judge_tripling(scaling_deep: pd.DataFrame, model_size: pd.DataFrame, compute: pd.DataFrame) -> Finding:
    """Ask what the last tripling that was measured removed of the error: of the work, and of the data."""
    curves = {"compute": frontier(grid(model_size, compute)), "data": by_method(scaling_deep)[FAMILY]}
    numbers = [
        exact(f"by_slope_{slope}", f"share of the error removed by three times as much at slope {slope / 10}",
              100 * (1 - 3 ** (-slope / 10)), "%")
        for slope in (1, 3)
    ]  # fmt: skip
    numbers.append(
        percent("data", "error removed by the last measured tripling of the data, wider network",
                shares(curves["data"]), colour="deep")
    )  # fmt: skip
    for axis, errors in curves.items():
        if fitted := law(errors):
            next_one = fitted.removed(float(errors.columns[-1]))
            numbers += [
                percent(f"next_{axis}", f"forecast by the fitted law: next tripling, {axis}", next_one, colour="deep"),
                Measurement(f"exponent_{axis}", f"exponent of the fitted law, {axis}", fitted.exponent, colour="deep"),
            ]
    asked = (compare(shares(errors), smallest=BETTER.value) for errors in curves.values())
    return conclude(*asked, numbers=numbers, drawn=("data",))


CLAIM = Claim(
    id="C26",
    headline="Three times as much did buy a better network",
    expected=(Verdict.HOLDS, Verdict.OPINION),
    parts=(
        Part(
            quantity=Quantity(
                "error removed by the last measured tripling of the work, best network for it", "%", ".0f", "deep"
            ),
            smallest=BETTER,
            refuted_by="The last tripling that was measured, of the work or of the data, removes less than a "
            "twentieth of the error.",
            judge=judge_tripling,
            published=Reported(Verdict.HOLDS, "kaplan2020scaling", "equation 1.3", "language models"),
            says="The loss falls as a power of the computing.",
            note="A better network on test examples; of products nothing is said.",
            citations=("hestness2017deep", "hoffmann2022training"),
        ),
        Part(),
    ),
    why="Where the error falls as a power of what is spent, progress can be bought. A network of "
    "fixed size has a floor: money works best where the model may grow with the data.",
    figure="saturation/plot_compute",
)
