"""C05: networks went from two or three layers to eight at a stroke."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict
from lecture.data.literature import alexnet as published
from lecture.data.literature.alexnet import BEFORE, Depth
from lecture.experiments.history.alexnet import AlexNet
from lecture.statistics import Interval

MOST_BEFORE_SAID = 3
PAPER = "krizhevsky2012imagenet"


def judge(layers: pd.DataFrame, before: tuple[Depth, ...] = BEFORE) -> Finding:
    """Count what is learned and how much, and ask how deep the networks before it were."""
    layers = layers[layers["seed"] == layers["seed"].min()]  # counts are the same for every seed
    two, one = (layers[layers["layout"] == layout] for layout in ("two towers", "one tower"))
    learned = two[two["parameters"] > 0]
    parameters, multiply_adds = learned["parameters"].sum(), learned["multiply_adds"].sum()
    convolution = learned["layer"].str.startswith("conv")
    deepest = max(before, key=lambda network: network.layers)

    as_published = (
        len(learned) == published.LEARNED_LAYERS and round(parameters / 1e7) * 10 == published.MILLIONS_OF_PARAMETERS
    )
    runs = bool((two["loss_after"] < two["loss"]).all())
    leap = deepest.layers <= MOST_BEFORE_SAID
    verdict = Verdict.FAILS if not (as_published and runs) else Verdict.HOLDS if leap else Verdict.CAVEAT
    middle = learned[learned["layer"].isin(["conv3", "conv4", "conv5"])]["parameters"]
    return Finding(
        verdict,
        (
            _exact("layers", "AlexNet, layers that learn", len(learned),
                   published=(published.LEARNED_LAYERS, "Section 3.5")),
            _exact("parameters", "AlexNet, parameters", parameters / 1e6, "million", ".1f",
                   (published.MILLIONS_OF_PARAMETERS, "abstract")),
            _exact("parameters_one", "one tower, parameters", one["parameters"].sum() / 1e6, "million", ".1f"),
            _exact("units", "AlexNet, units", learned["outputs"].sum(), "", ",.0f", (published.NEURONS, "abstract")),
            _exact("multiply_adds", "AlexNet, multiply-adds an image", multiply_adds / 1e6, "million", ".0f"),
            _exact("multiply_adds_one", "one tower, multiply-adds an image", one["multiply_adds"].sum() / 1e6,
                   "million", ".0f"),
            Measurement("multiply_adds_conv", "convolutional layers, multiply-adds an image",
                        Interval.exact(learned.loc[convolution, "multiply_adds"].sum() / 1e6), "million", ".0f",
                        Published(published.MILLIONS_OF_MULTIPLY_ADDS, "chen2016eyeriss", "abstract")),
            _exact("conv_parameters", "convolutional layers, share of the parameters",
                   100 * learned.loc[convolution, "parameters"].sum() / parameters, "%", ".1f"),
            _exact("conv_multiply_adds", "convolutional layers, share of the multiply-adds",
                   100 * learned.loc[convolution, "multiply_adds"].sum() / multiply_adds, "%", ".0f"),
            _exact("full6_parameters", "first fully connected layer, share of the parameters",
                   100 * learned.loc[learned["layer"] == "full6", "parameters"].sum() / parameters, "%", ".0f"),
            _exact("middle_most", "largest middle layer, share of the parameters", 100 * middle.max() / parameters,
                   "%", ".1f"),
            _exact("before", f"{deepest.network} ({deepest.year}), layers that learn", deepest.layers,
                   colour="classical"),
            _exact("loss", "loss before the step, one run", two["loss"].iloc[0], "nats", ".1f"),
            _exact("loss_after", "loss after one step, same images, one run", two["loss_after"].iloc[0], "nats", ".1f"),
        ),
        scale=("layers", "before", "parameters", "multiply_adds_conv"),
    )  # fmt: skip


def _exact(
    key: str,
    quantity: str,
    value: float,
    unit: str = "",
    spec: str = ".0f",
    published: tuple[float, str] | None = None,
    colour: str = "deep",
) -> Measurement:
    there = Published(published[0], PAPER, published[1]) if published else None
    return Measurement(key, quantity, Interval.exact(value), unit, spec, there, colour)


CLAIM = Claim(
    id="C05",
    refuted_by="AlexNet as published does not have eight layers that learn, or not the 60 million parameters of its "
    "abstract (to one digit), or a step of gradient descent does not lower its loss. A caveat is due if a network that "
    "gradient descent trained as a whole had more than three layers before it.",
    expected=Verdict.CAVEAT,
    why="AlexNet has the eight layers and the parameters that it is famous for. But it did not leap there from two or "
    "three: networks trained by backpropagation alone had been deeper than that for two decades, and deeper than "
    "AlexNet for two years. What was new is that depth won on photographs, against rivals that were not networks.",
    experiments=(AlexNet,),
    judge=judge,
    figure="history/plot_alexnet",
    citations=(PAPER, "krizhevsky2014one", "lecun1989backpropagation", "ciresan2010deep", "chen2016eyeriss"),
)
