"""Graphics cards before and at AlexNet, as published: versions of CUDA, who trained networks on them, how fast."""

from dataclasses import dataclass

CUDA_OF_ALEXNET = 4.2
"""Version of CUDA of April 2012 (archive of the toolkit, ``nvidia2026cuda``); 5.0 is of October."""
FIRST_CUDA = 2007
"""Year of version 1.0 (ibid.)."""

WEATHER_KERNEL, WEATHER_MODEL = 10, 1.23
"""Times faster on a GPU: nearly so many for the microphysics of a weather model, and for all of the model (Michalakes
and Vachharajani 2008, abstract)."""

TIMES_2005, TIMES_2006, TIMES_2009 = 3, 4.1, 70
"""Times faster than a processor: a network of two layers, "over" (Steinkraus, Buck and Simard 2005, abstract);
convolutional networks, at most (Chellapilla, Puri and Simard 2006, abstract); deep belief networks, at most, over two
cores (Raina, Madhavan and Ng 2009, abstract)."""
ERROR_2010 = 0.35
"""Per cent of MNIST's digits that a plain deep network of 2010 got wrong (Cireşan et al. 2010, abstract)."""

WORDS, WORDS_ABOUT_GPUS = 4600, 670
"""Of the AlexNet paper, from abstract to discussion, estimated; and of section 3.2 and every other sentence or caption
that names a GPU, counted."""
SHARE_ABOUT_GPUS = 100 * WORDS_ABOUT_GPUS / WORDS
"""Per cent."""
SPLIT_GAIN = 1.2
"""Points of top-5 error by which AlexNet on two cards is ahead of one with half as many filters in its convolutional
layers on one card (Krizhevsky et al. 2012, section 3.2)."""
DAYS, PASSES, IMAGES, CARDS = (5, 6), 90, 1.2e6, 2
"""Days that AlexNet took to train, at least and at most, on how many cards; passes over the images, and their number
(Krizhevsky et al. 2012, section 5)."""
BATCH = 128
"""Images a step (ibid.)."""
GIGABYTES = 3
"""Memory of one of the cards (ibid., section 3.2)."""


@dataclass(frozen=True)
class Card:
    """A graphics card, as its makers specify it: limits that no program passes and few come near.

    Attributes:
        name: Its name.
        year: When it came out.
        gflops: 10^9 float32 operations a second, by its ordinary calculators.
        bandwidth: Of its memory, in 10^9 bytes a second.
        citation: Key in ``book/references.bib``.
    """

    name: str
    year: int
    gflops: float
    bandwidth: float
    citation: str


GTX_580 = Card("GTX 580", 2010, 2 * 512 * 1.544, 192.4, "grafikkartentest2010nvidia")
"""AlexNet's: 512 calculators at 1.544 GHz, each one multiplication and one addition a tick."""
H100 = Card("H100 SXM", 2022, 67_000, 3350, "nvidia2026gpu")
"""Its units for matrices in shorter number formats are faster still, and are left out here."""
PUBLISHED = (GTX_580, H100)
FASTER, WIDER = H100.gflops / GTX_580.gflops, H100.bandwidth / GTX_580.bandwidth
"""Times the arithmetic, and times the bandwidth, of the newer card."""
RIDGE_2010, RIDGE_2022 = (card.gflops / card.bandwidth for card in PUBLISHED)
"""Operations for each byte from which on a card waits for its calculators and no longer for its memory."""
