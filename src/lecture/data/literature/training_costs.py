"""What published models took to train, by the authors of a study of training costs (Cottier et al. 2024).

Operations are floating-point operations, additions and multiplications counted apart. Dollars are of 2023: the share of
the hardware's price that its time in use wears off, and energy; staff and failed attempts are not in them. Both are
estimates, some of them rough. They were read from the data files beside the study's code
(github.com/epoch-research/training-cost-trends, commit 263c40a: ``data/All ML Systems - full view.csv`` and
``model_costs.csv``), where each has its derivation. Two have a figure in the original paper: GPT-3's operations are
those of Brown et al. (2020), table D.1; for AlexNet the paper gives two GPUs and five to six days (Krizhevsky et al.
2012, section 1).
"""

from dataclasses import dataclass

STUDY = "cottier2024rising"


@dataclass(frozen=True)
class TrainingCost:
    """One published training run.

    Attributes:
        model: Its name.
        year: When it was published, with the month as a fraction.
        operations: Floating-point operations of the final training.
        dollars: What hardware and energy cost; None where the study gives no cost.
        citation: Key of the source in ``book/references.bib``.
    """

    model: str
    year: float
    operations: float
    dollars: float | None = None
    citation: str = STUDY


COSTS = (
    TrainingCost("LeNet-5", 1998.8, 2.81e12),
    TrainingCost("AlexNet", 2012.7, 4.7e17),
    TrainingCost("ResNet-152", 2015.9, 1.04e19, 122),
    TrainingCost("GNMT", 2016.7, 6.62e21, 194_000),
    TrainingCost("AlphaGo Zero", 2017.8, 3.41e23, 615_000),
    TrainingCost("T5-11B", 2019.8, 3.3e22, 72_900),
    TrainingCost("GPT-3", 2020.4, 3.14e23, 2_200_000),
    TrainingCost("PaLM", 2022.3, 2.53e24, 2_860_000),
    TrainingCost("GPT-4", 2023.2, 2.1e25, 40_700_000),
    TrainingCost("Llama 3.1 405B", 2024.6, 3.8e25, 51_000_000),
    TrainingCost("Grok-3", 2025.1, 4.64e26, 301_000_000),
)

OPERATIONS = {cost.model: cost.operations for cost in COSTS}

GPT3_OVER_ALEXNET = round(OPERATIONS["GPT-3"] / OPERATIONS["AlexNet"], -5)
"""Times the operations, rounded: both are estimates."""

GROWTH = 2.4
"""Times that the most compute-intensive trainings, in hardware worn off and energy, grew dearer each year from 2016.

Abstract of the study; 90 % interval 2.0 to 2.9.
"""
