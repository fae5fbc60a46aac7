"""What was published about AlexNet's size, and about the depth of the networks before it."""

from dataclasses import dataclass

MILLIONS_OF_PARAMETERS = 60.0
"""Krizhevsky, Sutskever and Hinton 2012, abstract."""
NEURONS = 650_000
"""Ibid. The numbers under figure 2 add up to 622,312, because they give the first layer 253,440 instead of the 290,400
of 55 × 55 × 96; with the latter the sum is 659,272."""
LEARNED_LAYERS = 8
"""Ibid., section 3.5: five convolutional and three fully connected."""
MILLIONS_OF_MULTIPLY_ADDS = 666.0
"""Of the convolutional layers, for one image: Chen et al. 2016, abstract."""
MILLIONS_OF_CONVOLUTION_WEIGHTS = 2.3
"""Ibid."""


@dataclass(frozen=True)
class Depth:
    """A network from before AlexNet, all of whose layers were trained together by gradient descent.

    Attributes:
        network: Its name.
        year: Of publication.
        layers: Layers with weights, counted as AlexNet's eight are; subsampling layers do not count.
        citation: Key in ``book/references.bib``.
    """

    network: str
    year: int
    layers: int
    citation: str


BEST_OF_2010, DEEPEST_OF_2010 = (2500, 2000, 1500, 1000, 500, 10), (*[1000] * 9, 10)
"""Units in each layer of two plain networks for handwritten digits of 29 × 29 pixels (Cireşan et al. 2010, table 1)."""
MILLIONS_OF_WEIGHTS_2010 = {BEST_OF_2010: 12.11, DEEPEST_OF_2010: 8.86}
"""Ibid., with one bias a unit."""

BEFORE = (
    Depth("postcode reader", 1989, 4, "lecun1989backpropagation"),
    Depth("LeNet-5", 1998, 5, "lecun1998gradient"),
    Depth("best plain network for digits", 2010, len(BEST_OF_2010), "ciresan2010deep"),
    Depth("plain network for digits", 2010, len(DEEPEST_OF_2010), "ciresan2010deep"),
)
"""LeNet-5 calls itself seven layers deep, with the two that subsample."""
TANH_OVER_RELU = 6.0
"""How many times as many epochs tanh took to 25 % training error (Krizhevsky et al. 2012, figure 1)."""


@dataclass(frozen=True)
class Ingredient:
    """Something that AlexNet is made of.

    Attributes:
        name: What it is.
        year: Of the first publication that we know of.
        citation: Key of it in ``book/references.bib``.
    """

    name: str
    year: int
    citation: str


PUBLISHED = 2012
"""Year of AlexNet."""
INGREDIENTS = (
    Ingredient("rectifiers", 1969, "fukushima1969visual"),
    Ingredient("convolutions", 1980, "fukushima1980neocognitron"),
    Ingredient("backpropagation with momentum", 1986, "rumelhart1986learning"),
    Ingredient("both together", 1989, "lecun1989backpropagation"),
    Ingredient("deformed copies of the images", 1998, "lecun1998gradient"),
    Ingredient("a graphics card", 2006, "chellapilla2006high"),
    Ingredient("a million labelled photographs", 2009, "deng2009imagenet"),
    Ingredient("dropout", 2012, "hinton2012improving"),
)
"""In order of first publication; the card is the first that trained a convolutional network."""
LISTED, OLDER = len(INGREDIENTS), sum(ingredient.year < PUBLISHED for ingredient in INGREDIENTS)
"""How many these are, and how many of them are older than AlexNet."""
DEEPEST_BEFORE = max(network.layers for network in BEFORE)
"""Layers of the deepest network before AlexNet that gradient descent trained as a whole."""
