"""How sure a classifier says it is, against how often it is right; and the one number that mends it (Guo et al. 2017).

Probabilities come as logarithms ``[R, n, classes]``, or as logits: both mean the same here, up to a constant.
"""

import torch
from torch import Tensor

LIMIT = 100.0
"""Temperatures are between 1/100 and 100: without a limit, random answers would be divided by infinity."""
BINS = 15
"""Guo et al. (2017, section 5) use as many."""


@torch.no_grad()
def temperatures(logits: Tensor, labels: Tensor, steps: int = 30) -> Tensor:
    """Return, for each of R classifiers, the number that its logits are best divided by, ``[R]``.

    The best one gives the labels ``[n]`` the highest likelihood. The loss is convex in b = 1/T: its derivative is the
    mean of (expected logit - logit of the label), its second derivative the mean variance of the logits. Newton's
    steps, at most a factor of 2 each, find the only minimum.
    """
    z = logits.double()
    right = z.gather(2, labels.expand(z.shape[0], -1)[..., None])[..., 0]
    b = z.new_ones(z.shape[0])
    for _ in range(steps):
        p = (b[:, None, None] * z).softmax(2)
        expected = (p * z).sum(2)
        slope = (expected - right).mean(1)
        curvature = ((p * z.square()).sum(2) - expected.square()).mean(1)
        step = b - slope / curvature.clamp_min(1e-12)
        b = step.clamp(b / 2, b * 2).clamp(1 / LIMIT, LIMIT)
    return (1 / b).to(logits.dtype)


@torch.no_grad()
def reliability(log_probabilities: Tensor, labels: Tensor, bins: int = BINS) -> Tensor:
    """Return what a reliability diagram shows: ``[R, 3, bins]``, shares, mean confidences and accuracies.

    An answer's confidence is the probability of the class that it names; the bins between 0 and 1 are equally wide. An
    empty bin has share, confidence and accuracy 0.
    """
    confidence, answer = log_probabilities.exp().max(2)
    hit = (answer == labels).to(confidence.dtype)
    place = (confidence * bins).ceil().long().clamp(1, bins) - 1
    sums = confidence.new_zeros(3, confidence.shape[0], bins)
    for total, numbers in zip(sums, (torch.ones_like(hit), confidence, hit), strict=True):
        total.scatter_add_(1, place, numbers)
    count = sums[0].clamp_min(1)
    return torch.stack([sums[0] / labels.shape[-1], sums[1] / count, sums[2] / count], 1)


def calibration_error(diagram: Tensor) -> Tensor:
    """Return the expected calibration error ``[R]`` of a diagram of :func:`reliability`.

    It is the mean of |accuracy - confidence| over all answers, bin by bin.
    """
    share, confidence, accuracy = diagram.unbind(1)
    return (share * (accuracy - confidence).abs()).sum(1)


@torch.no_grad()
def brier_score(log_probabilities: Tensor, labels: Tensor) -> Tensor:
    """Return the mean squared distance of the probabilities from the right answer, ``[R]`` (Brier 1950, eq. 2).

    It is 0 for whoever is sure and right, 2 for whoever is sure and wrong, and lowest on average for whoever gives the
    true probabilities. Labels are ``[n]``.
    """
    right = torch.nn.functional.one_hot(labels, log_probabilities.shape[2])
    return (log_probabilities.exp() - right).square().sum(2).mean(1)
