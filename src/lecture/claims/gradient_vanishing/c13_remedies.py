"""C13: relatively independent works each solved vanishing gradients in their own way, with especially good results."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, conclude
from lecture.claims.gradient_vanishing.c12_relu import GAIN, TRAINED
from lecture.claims.measurement import Measurement, key_of, percent
from lecture.claims.selection import groups
from lecture.claims.verdict import Verdict, halves
from lecture.data.literature.ilsvrc import CHALLENGE
from lecture.statistics import compare_several, geometric_interval

ALONE = ("residual", "batch norm", "ReLU", "Xavier start")
"""One single change for each line of work: shortcuts, normalisation, activation, initialisation."""
SHOWN = {"nothing": "sigmoid", "Adam": "sigmoid", "centred start": "sigmoid", "ReLU, He start": "relu",
         "batch norm": "sigmoid", "residual": "residual"}  # fmt: skip
SMALLEST = 1e-45  # the smallest positive float32, for gradients that are rounded to 0
RESNET = next(result for result in CHALLENGE if result.entry == "ResNet")


def judge(remedies: pd.DataFrame, activations: pd.DataFrame) -> Finding:
    """Ask of each remedy alone whether it makes the deep network as good as one with a single hidden layer.

    Undecided until that one has been trained to its end: before, nobody knows where the deep ones will end either.
    """
    runs = dict(groups(remedies.sort_values("seed"), "remedy"))
    accuracy = {remedy: 100 * patients["train_accuracy"].to_numpy() for remedy, patients in runs.items()}
    single = activations[activations["depth"] == activations["depth"].min()]
    shallow = 100 * single[single["activation"] == "sigmoid"].sort_values("seed")["train_accuracy"].to_numpy()
    as_good = compare_several({remedy: (accuracy[remedy], shallow) for remedy in ALONE}, smallest=-GAIN.value)
    settled = bool(shallow.mean() > TRAINED)
    trained = [
        percent(f"train_{key_of(remedy)}", f"training accuracy, {remedy}", accuracy[remedy], colour=hue)
        for remedy, hue in SHOWN.items()
    ]
    arrived = [
        Measurement(
            f"gradient_{key_of(remedy)}",
            f"gradient of the first layer at the start, {remedy}",
            geometric_interval(runs[remedy]["first_gradient"].clip(lower=SMALLEST)),
            spec=".0e",
        )
        for remedy in ("nothing", "batch norm", "residual")
    ]
    return conclude(
        *(comparison.open_unless(settled) for comparison in as_good.values()),
        rule=halves,
        numbers=trained + arrived,
        drawn=tuple(number.key for number in trained),
    )


CLAIM = Claim(
    id="C13",
    headline="Shortcuts or normalisation cure it; ReLU needs its start",
    expected=(Verdict.IN_PART, Verdict.HOLDS, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity(
                "training accuracy of the deep network with shortcuts over one hidden layer's",
                "points",
                "+.0f",
                "residual",
            ),
            smallest=GAIN,
            refuted_by="Trained to the end, a deep sigmoid network with one single change (another start, another "
            "function, normalisation, shortcuts) is worse on its training examples than one hidden layer.",
            judge=judge,
            note="Shortcuts or normalisation alone match one hidden layer; ReLU or Glorot's start alone do nothing.",
            citations=("glorot2010understanding", "he2015delving", "ioffe2015batch", "kingma2015adam"),
        ),
        Part(
            refuted_by="The works come from one group, or each rests on the one before.",
            published=Reported(Verdict.HOLDS, "he2016deep", "section 2"),
            says="It calls Highway networks concurrent with its own work.",
            note="With links: He's start and ResNet share their authors, and Highway networks come from the LSTM.",
            citations=("srivastava2015training", "he2015delving", "glorot2011deep", "hochreiter1997long"),
        ),
        Part(
            quantity=Quantity("top-5 error of ResNet in the ImageNet challenge", "%", ".2f", "residual"),
            refuted_by="None of the works led on a benchmark of its time.",
            published=Reported(
                Verdict.HOLDS, RESNET.source, RESNET.where, "1.2 million photographs, first place", RESNET.error
            ),
            citations=("he2015delving", "ioffe2015batch"),
        ),
    ),
    why="The networks that learn are those at whose first layer the gradient arrives. But ReLU needs a start made for "
    "it, and for sigmoids Glorot's start alone is not enough.",
    figure="gradient_vanishing/plot_remedies",
)
