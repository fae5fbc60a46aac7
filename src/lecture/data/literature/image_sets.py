"""How many labelled examples there were, from Fisher's irises to the captions of the web: sizes as published."""

from dataclasses import dataclass
from typing import Literal

from lecture.data.literature.alexnet import MILLIONS_OF_PARAMETERS


@dataclass(frozen=True)
class ImageSet:
    """A set of labelled examples.

    Attributes:
        year: Of the publication (of the count, where a set grew).
        name: As a reader knows it.
        images: Number of labelled examples, training and test together (only ILSVRC's are training images alone).
        labels: ``"by hand"`` where a person gave or checked each label; ``"found"`` where it came with the image: a
            search word, a hashtag, a caption.
        citation: Key in ``book/references.bib``.
        where: Place in the source.
    """

    year: int
    name: str
    images: int
    labels: Literal["by hand", "found"]
    citation: str
    where: str = ""


IRIS = ImageSet(1936, "Iris", 150, "by hand", "fisher1936use", "Table I")
CALTECH_101 = ImageSet(2004, "Caltech-101", 9_146, "by hand", "feifei2007learning", "with the background class")
"""The usual count. The archive to download holds 9,144 images."""
FIRST_IMAGENET = ImageSet(2009, "ImageNet, first report", 2_000_000, "by hand", "feifei2009imagenet", "abstract")
"""Roughly, says the report."""
IMAGENET_2009 = ImageSet(2009, "ImageNet", 3_200_000, "by hand", "deng2009imagenet", "abstract")
ILSVRC_2012 = ImageSet(2012, "ILSVRC", 1_281_167, "by hand", "russakovsky2015imagenet", "Table 2")
"""The training images of the ImageNet Large Scale Visual Recognition Challenge."""
IMAGENET = ImageSet(2014, "ImageNet", 14_197_122, "by hand", "russakovsky2015imagenet", "Section 3.1")
INSTAGRAM = ImageSet(2018, "Instagram", 3_500_000_000, "found", "mahajan2018exploring", "abstract")

SETS = (
    IRIS,
    ImageSet(1989, "Zip codes", 9_298, "by hand", "lecun1989backpropagation", "Section 2"),
    ImageSet(1998, "MNIST", 70_000, "by hand", "lecun1998gradient", "Section III.A"),
    CALTECH_101,
    ImageSet(2007, "Pascal VOC", 9_963, "by hand", "everingham2010pascal", "Table 2"),
    ImageSet(2008, "Tiny Images", 79_302_017, "found", "torralba2008million", "abstract"),
    ImageSet(2009, "CIFAR-10", 60_000, "by hand", "krizhevsky2009learning", "Chapter 3"),
    IMAGENET_2009,
    ILSVRC_2012,
    IMAGENET,
    ImageSet(2017, "JFT-300M", 300_000_000, "found", "sun2017revisiting", "abstract"),
    INSTAGRAM,
    ImageSet(2022, "LAION-5B", 5_850_000_000, "found", "schuhmann2022laion", "abstract"),
)
"""In the order of the years. Fisher's are measurements of flowers, not images; the label is a species all the same."""

ALEXNET_WEIGHTS = 1e6 * MILLIONS_OF_PARAMETERS
"""Weights of AlexNet."""
WEIGHTS_PER_IMAGE = ALEXNET_WEIGHTS / ILSVRC_2012.images
"""AlexNet's weights for each of its training images."""
