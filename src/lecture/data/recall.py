"""A memory test for sequences: name the first of T symbols, with nothing but distraction after it.

In the manner of Hochreiter and Schmidhuber (1997, section 5.2): the first symbol is one of four cues, and the answer;
the others are drawn from four different symbols and say nothing.
"""

from collections.abc import Iterator

from torch import Tensor

from lecture.seeds import Stream

CUES = 4
SYMBOLS = 2 * CUES


def sequences(stream: Stream, n: int, length: int) -> tuple[Tensor, Tensor]:
    """Return sequences ``[R, n, length]`` of symbols 0 to 7 and the answers ``[R, n]``, 0 to 3.

    Raises:
        ValueError: A sequence needs a cue and at least one distraction.
    """
    if length < 2:
        raise ValueError(f"a sequence needs at least two symbols, got {length}")
    symbols = stream.integers(n, length, below=CUES)
    answers = symbols[:, :, 0].clone()
    symbols[:, :, 1:] += CUES
    return symbols, answers


def fresh_batches(stream: Stream, size: int, length: int, steps: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield ``steps`` batches of sequences never seen before: without a training set there is no overfitting."""
    for _ in range(steps):
        yield sequences(stream, size, length)
