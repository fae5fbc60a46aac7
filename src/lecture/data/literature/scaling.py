"""How error falls with data, model size and computing, as published."""

FLATTEST, STEEPEST = 0.07, 0.35
"""Slopes in the number of examples over several real tasks (Hestness et al. 2017, abstract)."""
LANGUAGE_DATA, LANGUAGE_COMPUTE = 0.095, 0.050
"""Slopes of the loss of language models in data and in computing (Kaplan et al. 2020, equations 1.2 and 1.3)."""
LANGUAGE_TRIPLING = 100 * (1 - 3**-LANGUAGE_COMPUTE)
"""Per cent of that loss that three times the computing removes: follows from the slope."""
ORDERS = 7
"""Orders of magnitude, and more, over which some of those laws were seen to hold (ibid., abstract)."""
TEMPLATE = 100
"""Examples for each template at which mixtures of templates saturate, about (Zhu et al. 2016, abstract)."""
CHEAPER = 44
"""Times less computing in 2019 than in 2012 for a classifier as good as AlexNet (Hernandez and Brown 2020)."""
