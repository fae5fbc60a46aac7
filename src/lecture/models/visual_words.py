"""A bag of visual words: patches, a vocabulary of typical patches, and how much of each word is in each quadrant.

The stages are those of Coates, Ng and Lee (2011): normalised patches, k-means, the "triangle" assignment, sums over
quadrants. All but k-means can be differentiated, so the same stages can also be trained together.
"""

import numpy as np
import torch
from sklearn.cluster import MiniBatchKMeans
from torch import Tensor, nn

SOFT = 0.5  # added to a patch's contrast before dividing by it, so that empty paper is not blown up into noise
BLANK = 0.05  # squared contrast below which a patch is empty paper
SAMPLE = 20_000  # patches from which the vocabulary is learned


class VisualWords(nn.Module):
    """R vocabularies: images ``[R, B, height, width]`` to how strongly each word occurs where, ``[R, B, 4 * words]``.

    Attributes:
        words: ``[R, words, size * size]``.
    """

    def __init__(self, words: Tensor, stride: int) -> None:
        super().__init__()
        self.words = nn.Parameter(words)
        self.size, self.stride = round(words.shape[2] ** 0.5), stride

    def forward(self, x: Tensor) -> Tensor:
        """Return the mean strength of each word in each quadrant, quadrant by quadrant."""
        return quadrants(self.strength(x))

    def strength(self, x: Tensor) -> Tensor:
        """Return ``[R, B, rows, columns, words]``: by how much a word is nearer to a patch than the average word is.

        This is the triangle assignment of the paper's section 3.2.1: max(0, mean distance - distance).
        """
        found = patches(x, self.size, self.stride)
        flat = found.flatten(1, 3)
        squares = (self.words**2).sum(2)[:, None] + (flat**2).sum(2, keepdim=True)
        distance = torch.baddbmm(squares, flat, self.words.mT, alpha=-2).clamp_min(1e-6).sqrt()
        strength = torch.relu(distance.mean(2, keepdim=True) - distance)
        return strength.view(*found.shape[:4], -1)


class Standardise(nn.Module):
    """Shifts and scales each feature by fixed numbers, so that the examples at hand, ``[R, n, features]``, have mean 0.

    Their standard deviation is then ``deviation``.
    """

    mean: Tensor
    scale: Tensor

    def __init__(self, features: Tensor, deviation: float = 1.0) -> None:
        super().__init__()
        self.register_buffer("mean", features.mean(1, keepdim=True))
        self.register_buffer("scale", deviation / features.std(1, keepdim=True).clamp_min(1e-4))

    def forward(self, x: Tensor) -> Tensor:
        """Return ``[R, B, features]``."""
        return (x - self.mean) * self.scale


def patches(x: Tensor, size: int, stride: int) -> Tensor:
    """Return all patches ``[R, B, rows, columns, size * size]`` of images, each with mean 0 and a contrast below 1."""
    found: Tensor = x.unfold(2, size, stride).unfold(3, size, stride).flatten(4)
    found = found - found.mean(4, keepdim=True)
    contrast: Tensor = torch.linalg.vector_norm(found, dim=4, keepdim=True)
    return found / (contrast + SOFT)


def quadrants(plane: Tensor) -> Tensor:
    """Return the means over the four quarters of ``[R, B, rows, columns, words]``; a middle row counts twice."""
    rows, columns = (plane.shape[2] + 1) // 2, (plane.shape[3] + 1) // 2
    upper, lower = plane[:, :, :rows], plane[:, :, -rows:]
    parts = [
        half[:, :, :, side].mean((2, 3)) for half in (upper, lower) for side in (slice(columns), slice(-columns, None))
    ]
    return torch.cat(parts, 2)


def vocabulary(x: Tensor, words: int, size: int, stride: int, seed: int) -> Tensor:
    """Return the ``words`` centres, ``[words, size * size]``, that k-means finds among patches of images ``[n, h, w]``.

    Patches without contrast are left out: paper says nothing.
    """
    random = np.random.default_rng(seed)
    found = patches(x[None], size, stride).view(-1, size * size).numpy()
    found = found[(found**2).sum(1) > BLANK]
    chosen = found[random.permutation(len(found))[:SAMPLE]]
    search = MiniBatchKMeans(words, n_init=1, batch_size=1024, max_iter=20, random_state=seed)
    return torch.from_numpy(search.fit(chosen).cluster_centers_.astype(np.float32))
