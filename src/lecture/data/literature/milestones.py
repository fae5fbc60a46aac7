"""When the ingredients of deep learning were first published, from the artificial neuron to the Transformer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Milestone:
    """One publication.

    Attributes:
        year: Of the first publication.
        label: What it is, in a few words.
        kind: ``"network"``, ``"gradient"``, ``"theory"``, ``"rival"``, or ``"means"`` for data and machines.
        citation: Key in ``book/references.bib``.
        ingredient: Which of the talk's ingredients appears here first; empty for none.
    """

    year: int
    label: str
    kind: str
    citation: str
    ingredient: str = ""


PERCEPTRON, MULTILAYER, AUTODIFF = "perceptron", "multilayer network", "automatic differentiation"
REVERSE, END_TO_END = "reverse mode", "trained end to end"

MILESTONES = (
    Milestone(1943, "artificial neuron", "network", "mcculloch1943logical"),
    Milestone(1953, "formulas differentiated", "gradient", "baydin2018automatic", AUTODIFF),
    Milestone(1958, "perceptron", "network", "rosenblatt1958perceptron", PERCEPTRON),
    Milestone(1959, "programs differentiated", "gradient", "baydin2018automatic", AUTODIFF),
    Milestone(1960, "gradients sent backwards", "gradient", "kelley1960gradient"),
    Milestone(1962, "perceptrons converge", "theory", "novikoff1962convergence"),
    Milestone(1964, "list of operations", "gradient", "wengert1964simple", AUTODIFF),
    Milestone(1965, "network of many layers", "network", "schmidhuber2015deep", MULTILAYER),
    Milestone(1967, "gradients for hidden units", "gradient", "amari1967theory"),
    Milestone(1969, "limits of one layer", "theory", "minsky1969perceptrons"),
    Milestone(1970, "reverse mode", "gradient", "linnainmaa1976taylor", REVERSE),
    Milestone(1980, "neocognitron", "network", "fukushima1980neocognitron"),
    Milestone(1982, "reverse mode for networks", "gradient", "werbos1982applications"),
    Milestone(1986, "backpropagation at work", "gradient", "rumelhart1986learning"),
    Milestone(1989, "convolutional network", "network", "lecun1989backpropagation", END_TO_END),
    Milestone(1991, "vanishing gradients", "theory", "hochreiter1991untersuchungen"),
    Milestone(1995, "support vector machine", "rival", "cortes1995support"),
    Milestone(1997, "LSTM", "network", "hochreiter1997long"),
    Milestone(1998, "LeNet-5", "network", "lecun1998gradient"),
    Milestone(2006, "deep belief net", "network", "hinton2006fast"),
    Milestone(2007, "CUDA", "means", "nvidia2026cuda"),
    Milestone(2009, "ImageNet", "means", "deng2009imagenet"),
    Milestone(2012, "AlexNet", "network", "krizhevsky2012imagenet"),
    Milestone(2015, "ResNet", "network", "he2016deep"),
    Milestone(2017, "Transformer", "network", "vaswani2017attention"),
)
"""In order. Some years are not those in the citation: Nolan's thesis (1953) and the program of Beda and others for the
BESM (1959) are cited through the survey of Baydin and others, the multilayer network of Ivakhnenko and Lapa (1965)
through Schmidhuber's, Linnainmaa's thesis of 1970 through the article of 1976. ResNet's is the preprint's."""


def first(ingredient: str, milestones: tuple[Milestone, ...] = MILESTONES) -> Milestone:
    """Return the first publication of an ingredient."""
    return min((m for m in milestones if m.ingredient == ingredient), key=lambda milestone: milestone.year)


NAMED = 1986
"""When "deep" and "learning" first stood side by side: Dechter, in a paper on search."""
YEARS_SAID = range(1950, 1970)
"""The decades that the talk names for the perceptron, multilayer networks and automatic differentiation."""
REVERSE_YEAR = first(REVERSE).year
"""When Linnainmaa's thesis described the way back through a program."""
