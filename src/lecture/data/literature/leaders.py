"""Which methods led when, and what researchers expect of thinking machines, as published."""

CLASSIFIERS, DATA_SETS = 179, 121
"""Compared by Fernández-Delgado et al. (2014); random forests came out on top."""
KAGGLE, KAGGLE_TREES, KAGGLE_DEEP = 29, 17, 11
"""Winning solutions described on Kaggle's blog in 2015; of them with XGBoost, and with deep networks (Chen and Guestrin
2016, section 1)."""
ASKED = 2778
"""Researchers asked in 2023 (Grace et al. 2024, abstract)."""
TENTH, HALF = 2027, 2047
"""Ibid.: years by which they gave ten per cent, and an even chance, for machines that do every task better and more
cheaply than people."""
OCCUPATIONS = 2116
"""Ibid.: year by which they gave an even chance that every occupation can be automated."""
