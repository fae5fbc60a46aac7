"""C22: the data should be regular: a grid of pixels, a sequence of text or sound."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict
from lecture.experiments.when_to_use.order import Order
from lecture.experiments.when_to_use.order_recurrent import OrderRecurrent
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

MUCH, LITTLE = 10.0, 3.0  # points of accuracy
STRUCTURED, BLIND = ("CNN", "GRU"), ("MLP", "logistic")
WORDS = {"logistic": "logistic regression", "MLP": "multilayer network", "CNN": "convolutional network", "GRU": "GRU"}
SOURCE = "greydanus2024scaling"
README = {"logistic": (32, 32), "MLP": (68, 68), "CNN": (94, 56), "GRU": (91, 57)}  # percent, ordered and shuffled
NOTEBOOK = {"logistic": 31.5, "MLP": 65.1, "CNN": 92.3, "GRU": 89.1}  # percent, ordered, after the last step


def judge(order: pd.DataFrame, recurrent: pd.DataFrame) -> Finding:
    """Measure what each model loses when the points of all signals are shuffled by one permutation."""
    table = pd.concat((order, recurrent), ignore_index=True)
    accuracy = {
        str(model): 100 * runs.pivot(index="seed", columns="order", values="test_accuracy")
        for model, runs in table.groupby("model", sort=False)
    }
    loss = {model: difference_interval(runs["ordered"], runs["shuffled"]) for model, runs in accuracy.items()}
    measurements = [
        Measurement(
            f"loss_{model.lower()}",
            f"accuracy lost by shuffling, {WORDS[model]}",
            loss[model],
            unit="points",
            spec="z.1f",  # no negative zero
            published=Published(README[model][0] - README[model][1], SOURCE, "README, table of accuracies"),
            colour=_colour(model),
        )
        for model in (*STRUCTURED, *BLIND)
    ]
    for model, runs in accuracy.items():
        measurements += _levels(model, runs)
    for model in STRUCTURED:
        measurements += _lead(model, accuracy[model], accuracy["MLP"])

    much = all(loss[model].above(MUCH) for model in STRUCTURED)
    nothing = all(loss[model].below(LITTLE) for model in BLIND)
    verdict = (Verdict.HOLDS if nothing else Verdict.CAVEAT) if much else Verdict.FAILS
    opposite = max(share_opposite(accuracy[m]["ordered"], accuracy[m]["shuffled"]) for m in STRUCTURED)
    return Finding(verdict, tuple(measurements), opposite, ("loss_logistic", "loss_mlp", "loss_gru", "loss_cnn"))


def _levels(model: str, runs: pd.DataFrame) -> list[Measurement]:
    """Give the accuracy in both orders, beside the table in the package's README and the run in its notebook."""
    found = [
        Measurement(
            f"{model.lower()}_{order}",
            f"test accuracy, {WORDS[model]}, points {order}",
            mean_interval(runs[order]),
            unit="%",
            spec=".1f",
            published=Published(value, SOURCE, "README, table of accuracies"),
            colour=_colour(model),
        )
        for order, value in zip(("ordered", "shuffled"), README[model], strict=True)
    ]
    notebook = Interval.exact(NOTEBOOK[model])
    words = f"accuracy printed in the package's notebook, {WORDS[model]}, points ordered"
    return [*found, Measurement(f"notebook_{model.lower()}", words, notebook, unit="%", spec=".1f")]


def _lead(model: str, runs: pd.DataFrame, blind: pd.DataFrame) -> list[Measurement]:
    """Compare with the multilayer network, which does not know what a neighbour is, seed by seed."""
    return [
        Measurement(
            f"lead_{model.lower()}_{order}",
            f"lead of the {WORDS[model]} over the multilayer network, points {order}",
            difference_interval(runs[order], blind.loc[runs.index, order]),
            unit="points",
            spec="+.1f",
            colour=_colour(model),
        )
        for order in ("ordered", "shuffled")
    ]


def _colour(model: str) -> str:
    return "classical" if model == "logistic" else "deep"


CLAIM = Claim(
    id="C22",
    refuted_by=(
        f"Shuffling the points costs the convolutional or the recurrent network less than {MUCH:g} points of accuracy "
        f"(lower end of the interval), or costs logistic regression or the multilayer network more than {LITTLE:g} "
        "(upper end)."
    ),
    expected=Verdict.HOLDS,
    why=(
        "Networks built for order lose what they had gained when the same numbers come in a random but fixed order; "
        "models that treat every point alike do not notice. The half of the claim about graphs is not tested here."
    ),
    experiments=(Order, OrderRecurrent),
    judge=judge,
    figure="when_to_use/plot_order",
    citations=(SOURCE,),
)
