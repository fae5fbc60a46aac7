"""C22: the data should be regular: a grid of pixels, a sequence of text or sound."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict
from lecture.claims.when_to_use import graphs
from lecture.experiments.when_to_use.graph_blocks import GraphBlocks
from lecture.experiments.when_to_use.graph_club import GraphClub
from lecture.experiments.when_to_use.order import Order
from lecture.experiments.when_to_use.order_recurrent import OrderRecurrent
from lecture.experiments.when_to_use.pixels import Pixels
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

MUCH, LITTLE = 10.0, 3.0  # points of accuracy; on digits, where hardly more than 10 can be lost, LITTLE divides
STRUCTURED, BLIND = ("CNN", "GRU"), ("MLP", "logistic")
PIXELS = {"CNN": "convolutional network", "MLP": "multilayer network", "SVM": "support vector machine"}
WORDS = {"logistic": "logistic regression", "MLP": "multilayer network", "CNN": "convolutional network", "GRU": "GRU"}
SCALE = ("loss_mlp", "loss_cnn", "pixels_loss_mlp", "pixels_loss_cnn", "blocks_gain_below", "blocks_gain_above")
SOURCE = "greydanus2024scaling"
README = {"logistic": (32, 32), "MLP": (68, 68), "CNN": (94, 56), "GRU": (91, 57)}  # percent, ordered and shuffled
NOTEBOOK = {"logistic": 31.5, "MLP": 65.1, "CNN": 92.3, "GRU": 89.1}  # percent, ordered, after the last step


def judge(
    order: pd.DataFrame, recurrent: pd.DataFrame, pixels: pd.DataFrame, club: pd.DataFrame, blocks: pd.DataFrame
) -> Finding:
    """Measure what each model loses when all signals or images are shuffled alike, and what a graph is worth."""
    accuracy = _accuracy(pd.concat((order, recurrent), ignore_index=True))
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

    images = _accuracy(pixels)
    lost = {model: difference_interval(runs["ordered"], runs["shuffled"]) for model, runs in images.items()}
    on_graphs = graphs.measure(club, blocks, much=MUCH)
    much = all(loss[model].above(MUCH) for model in STRUCTURED) and lost["CNN"].above(LITTLE)
    nothing = all(loss[model].below(LITTLE) for model in BLIND) and all(lost[m].below(LITTLE) for m in ("MLP", "SVM"))
    if not (much and on_graphs.done):
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.HOLDS if nothing and on_graphs.work else Verdict.CAVEAT
    opposite = max(share_opposite(accuracy[m]["ordered"], accuracy[m]["shuffled"]) for m in STRUCTURED)
    found = (*measurements, *_pixels(images, lost), *on_graphs.measurements)
    return Finding(verdict, found, opposite, SCALE)


def _accuracy(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each model's test accuracy in per cent, one row a seed and one column an order."""
    return {
        str(model): 100 * runs.pivot(index="seed", columns="order", values="test_accuracy")
        for model, runs in table.groupby("model", sort=False)
    }


def _pixels(images: dict[str, pd.DataFrame], lost: dict[str, Interval]) -> list[Measurement]:
    """Give errors on digits in both orders, what moving the pixels costs, and the lead over the multilayer network."""
    found = []
    for model, words in PIXELS.items():
        name, colour, runs = f"pixels_{{}}{model.lower()}", "classical" if model == "SVM" else "deep", images[model]
        quantity = f"accuracy lost by moving the pixels, {words}"
        found.append(Measurement(name.format("loss_"), quantity, lost[model], "points", "z.1f", colour=colour))
        for order, place in (("ordered", "in place"), ("shuffled", "moved")):
            error, quantity = mean_interval(100 - runs[order]), f"digits misread, {words}, pixels {place}"
            found.append(Measurement(f"{name.format('')}_{order}", quantity, error, "%", ".1f", colour=colour))
    for order, place in (("ordered", "in place"), ("shuffled", "moved")):
        lead = difference_interval(images["CNN"][order], images["MLP"][order])
        words = f"lead of the convolutional over the multilayer network on digits, pixels {place}"
        found.append(Measurement(f"pixels_lead_{order}", words, lead, "points", "+.1f", colour="deep"))
    return found


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
        f"Shuffling costs the convolutional or the recurrent network less than {MUCH:g} points of accuracy on signals, "
        f"or the convolutional one less than {LITTLE:g} on digits (lower end of the interval). Or a graph network wins "
        f"less than {MUCH:g} points over the same network without the graph, on the karate club or on random graphs "
        "above the threshold of detectability; or what it wins below the threshold is more than a quarter of that. A "
        f"caveat is due if shuffling costs a model that is blind to order more than {LITTLE:g} points, or if the graph "
        "network beats label propagation, which learns nothing, on both kinds of graphs: then telling it every link "
        "pays everywhere."
    ),
    expected=Verdict.HOLDS,
    why=(
        "Networks built for order lose what they had gained when the same numbers come in a random but fixed order; "
        "models that treat every point alike do not notice. A graph network wins much where the links mean something; "
        "but it must be told each of them, and it does not always beat a rule that learns nothing."
    ),
    experiments=(Order, OrderRecurrent, Pixels, GraphClub, GraphBlocks),
    judge=judge,
    figure="when_to_use/plot_order",
    citations=(
        SOURCE,
        "kipf2017semi",
        "zachary1977information",
        "decelle2011inference",
        "zhou2004learning",
        "zhang2014phase",
    ),
)
