"""Two rules that spread the few known labels over a graph without learning anything."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def spread(links: Numbers, known: Numbers, keep: float) -> Numbers:
    """Return a score for each node, above 0 for label 1 (Zhou et al. 2004, section 2, in closed form).

    Links are 0 or 1, ``[nodes, nodes]``; ``known`` is 1 or -1 where the label is known and 0 elsewhere, ``[nodes]``.
    The share ``keep``, below 1, of a node's score comes from its neighbours.
    """
    root = 1 / np.sqrt(np.maximum(links.sum(1), 1))
    return np.asarray(np.linalg.solve(np.eye(len(links)) - keep * root[:, None] * links * root, known))


def believe(links: Numbers, known: Numbers, inside: float, across: float, rounds: int = 30) -> Numbers:
    """Return a score for each node by belief propagation (Decelle et al. 2011, eqs. 26 to 28, for two equal groups).

    It is told how the graph was made, and on large graphs no method can know more: the mean number of links into the
    own block, twice (``inside``, their ``c_in``), and into the other (``across``, ``c_out``). Links and what is known
    are as in :func:`spread`. A message is the log-odds, halved, of a node's label as its other neighbours see it; all
    of them are renewed in each round.
    """
    source, target = np.nonzero(links)  # each link twice, once in each direction
    back = np.argsort(np.lexsort((source, target)))  # the place of the link the other way round
    pull = (inside - across) / (inside + across)
    sure = 20.0 * known
    message = np.zeros(len(source))
    score = sure
    for _ in range(rounds):
        arrives = np.arctanh(pull * np.tanh(message + sure[source]))
        strangers = (inside - across) / (2 * len(links)) * np.tanh(score).sum()  # who is not linked tells a little too
        total = np.bincount(target, arrives, len(links)) - strangers
        score = total + sure
        message = total[source] - arrives[back]
    return np.asarray(score)
