"""Graphics cards before and at AlexNet, as published: versions of CUDA, who trained networks on them, and how fast."""

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
