"""C05: networks went from two or three layers to eight at a stroke."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, conclude
from lecture.claims.measurement import Published, exact
from lecture.claims.verdict import Verdict
from lecture.data.literature.alexnet import (
    DEEPEST_BEFORE,
    LEARNED_LAYERS,
    MILLIONS_OF_MULTIPLY_ADDS,
    MILLIONS_OF_PARAMETERS,
    NEURONS,
)
from lecture.statistics import Comparison

PAPER = "krizhevsky2012imagenet"


def judge_layers(alexnet: pd.DataFrame) -> Finding:
    """Count what is learned and how much in AlexNet as published, and ask whether that network runs."""
    rows = alexnet[(alexnet["seed"] == alexnet["seed"].min()) & (alexnet["layout"] == "two towers")]
    learned = rows[rows["parameters"] > 0].set_index("layer")
    total, shares = learned["parameters"].sum(), 100 * learned["parameters"] / learned["parameters"].sum()
    image = learned.index.str.startswith("conv")
    work = learned["multiply_adds"]
    before, after = rows["loss"].iloc[0], rows["loss_after"].iloc[0]
    numbers = [
        exact("parameters", "parameters", total / 1e6, "million", ".1f",
              Published(MILLIONS_OF_PARAMETERS, PAPER, "abstract")),
        exact("units", "units", learned["outputs"].sum(), published=Published(NEURONS, PAPER, "abstract")),
        exact("multiply_adds_conv", "convolutional layers, multiply-adds an image", work[image].sum() / 1e6, "million",
              ".0f", Published(MILLIONS_OF_MULTIPLY_ADDS, "chen2016eyeriss", "abstract")),
        exact("conv_parameters", "convolutional layers, share of the parameters", shares[image].sum(), "%", ".1f"),
        exact("conv_multiply_adds", "convolutional layers, share of the multiply-adds",
              100 * work[image].sum() / work.sum(), "%", ".0f"),
        exact("full6_parameters", "first fully connected layer, share of the parameters", shares.get("full6", 0.0), "%",
              ".0f"),
        exact("middle_most", "largest middle layer, share of the parameters",
              shares[shares.index.isin(["conv3", "conv4", "conv5"])].max(), "%", ".1f"),
        exact("loss", "loss before a step, one run", before, "nats", ".1f"),
        exact("loss_after", "loss after it, same images", after, "nats", ".1f"),
    ]  # fmt: skip
    as_published = len(learned) == LEARNED_LAYERS and round(total / 1e7) * 10 == MILLIONS_OF_PARAMETERS
    return conclude(
        Comparison.exact(len(learned), as_published and bool(after < before)),
        numbers=numbers,
        drawn=("parameters", "multiply_adds_conv"),
    )


CLAIM = Claim(
    id="C05",
    headline="Eight it has; deeper networks had been trained before",
    expected=(Verdict.HOLDS, Verdict.IN_PART),
    parts=(
        Part(
            quantity=Quantity("layers that learn", "", ".0f", "deep"),
            refuted_by="Built as published, AlexNet does not have eight layers that learn, or not the parameters of "
            "its abstract (to one digit), or a step of gradient descent does not lower its loss.",
            judge=judge_layers,
            published=Reported(Verdict.HOLDS, PAPER, "section 3.5", value=LEARNED_LAYERS),
            citations=("krizhevsky2014one", "chen2016eyeriss"),
        ),
        Part(
            quantity=Quantity(
                "layers that learn, deepest network trained by gradient descent before", "", ".0f", "classical"
            ),
            refuted_by="Networks with more layers than three were usual.",
            published=Reported(
                Verdict.IN_PART, "ciresan2010deep", "section 1 and Table 1", "handwritten digits", DEEPEST_BEFORE
            ),
            note="Most had that few, but deeper ones had been trained for two decades.",
            citations=("lecun1989backpropagation", "lecun1998gradient"),
        ),
    ),
    why="The layers before had grown step by step. What was new is that depth won on photographs, against rivals that "
    "were not networks.",
    figure="history/plot_alexnet",
)
