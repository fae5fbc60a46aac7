"""What every set of labelled images has: a split that belongs to a seed, and a digest of its content."""

from dataclasses import dataclass
from hashlib import sha256
from zlib import crc32

import numpy as np
import torch
from torch import Tensor

from lecture.errors import LectureError


@dataclass(frozen=True, eq=False)
class Images:
    """Labelled images.

    Attributes:
        name: As a reader knows the set.
        x: ``[n, height, width]``, in colour ``[n, 3, height, width]``, float32, from 0 to 1.
        y: ``[n]``, int64.
    """

    name: str
    x: Tensor
    y: Tensor

    def split(self, train: int, test: int, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return training images and labels, test images and labels: disjoint, drawn at random without replacement.

        The test images of a seed do not depend on the number of training images.

        Raises:
            LectureError: A number is not positive, or the set has too few images.
        """
        n = len(self.y)
        if train < 1 or test < 1 or train + test > n:
            raise LectureError(f"{self.name} has {n} images: cannot take {train} to train and {test} to test")
        order = torch.from_numpy(np.random.default_rng([seed, crc32(b"images")]).permutation(n))
        test_part, train_part = order[:test], order[test : test + train]
        return self.x[train_part], self.y[train_part], self.x[test_part], self.y[test_part]

    def digest(self) -> str:
        """Return what identifies the content, for the key of stored records."""
        return sha256(self.x.numpy().tobytes() + self.y.numpy().tobytes()).hexdigest()
