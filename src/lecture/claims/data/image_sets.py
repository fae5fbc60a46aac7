"""The sizes of labelled sets, as measurements that prose can quote."""

from lecture.claims.claim import Measurement, Published
from lecture.data.literature.image_sets import (
    ALEXNET_WEIGHTS,
    CALTECH_101,
    ILSVRC_2012,
    IMAGENET,
    IMAGENET_2009,
    INSTAGRAM,
    SETS,
    ImageSet,
)
from lecture.statistics import Interval


def published_sizes() -> list[Measurement]:
    """Return the sizes that the chapter quotes, from the table of published ones."""
    alexnet = ILSVRC_2012.images / ALEXNET_WEIGHTS
    return [
        _size("caltech", CALTECH_101),
        _size("imagenet_2009", IMAGENET_2009, 1e6, "million images", ".1f"),
        _size("ilsvrc", ILSVRC_2012),
        _size("imagenet", IMAGENET),
        _size("instagram", INSTAGRAM, 1e9, "billion images", ".1f"),
        _size("first", SETS[0], 1, "flowers"),
        Measurement(
            "alexnet_examples_per_weight",
            "images for each of AlexNet's weights",
            Interval.exact(alexnet),
            "",
            ".3f",
            Published(alexnet, "krizhevsky2012imagenet", "Section 4"),
        ),
        Measurement("alexnet_weights", "AlexNet's weights for each image", Interval.exact(1 / alexnet), "", ".0f"),
    ]


def _size(key: str, found: ImageSet, unit: float = 1, name: str = "images", spec: str = ",.0f") -> Measurement:
    number = found.images / unit
    published = Published(number, found.citation, found.where)
    return Measurement(key, f"{found.name}, {found.year}", Interval.exact(number), name, spec, published)
