"""Graphs whose nodes have one of two labels: a karate club, and random ones with two blocks."""

from math import sqrt

import networkx as nx
import torch
from torch import Tensor

from lecture.seeds import Stream


def karate_club() -> tuple[Tensor, Tensor]:
    """Return who met whom outside the club, ``[34, 34]`` of 0 and 1, and who stayed with the instructor (0) or not (1).

    As networkx has them from Zachary (1977), without the number of occasions on which two members met.
    """
    club = nx.karate_club_graph()
    links = torch.from_numpy(nx.to_numpy_array(club, weight=None)).float()
    return links, torch.tensor([int(club.nodes[node]["club"] == "Officer") for node in club])


def degrees(strength: float, degree: float) -> tuple[float, float]:
    """Return a node's mean number of links into its own block, twice, and into the other: ``c_in`` and ``c_out``.

    Their mean is ``degree``; ``strength`` is (c_in - c_out)² / 2(c_in + c_out): above 1 the blocks of a large graph
    can be found, below 1 they cannot (Decelle et al. 2011, eq. 10 for two groups).

    Raises:
        ValueError: No two blocks are so different at this degree.
    """
    if not 0 <= strength <= degree:
        raise ValueError(f"at degree {degree:g} the strength lies between 0 and {degree:g}, not at {strength:g}")
    half = sqrt(strength * degree)
    return degree + half, degree - half


def blocks(stream: Stream, nodes: int, strength: float, degree: float) -> tuple[Tensor, Tensor]:
    """Return random graphs with two equal blocks: links ``[R, nodes, nodes]`` and labels ``[R, nodes]``.

    Two nodes of one block are linked with probability ``c_in / nodes``, two of different blocks with ``c_out / nodes``.
    """
    inside, across = degrees(strength, degree)
    labels = torch.arange(nodes, device=stream.device) * 2 // nodes
    same = labels[:, None] == labels
    chance = torch.where(same, inside, across) / nodes
    drawn = (stream.uniform(nodes, nodes) < chance).float().triu(1)
    return drawn + drawn.mT, labels.expand(len(drawn), -1)


def features(stream: Stream, labels: Tensor, columns: int, signal: float) -> Tensor:
    """Return what nodes of two blocks tell of themselves: ``[R, nodes, columns]``, for labels ``[R, nodes]``.

    Gaussian noise of variance 1, and along one direction, drawn for each graph, ``signal`` for the one block and
    ``-signal`` for the other: blocks with context, as Deshpande et al. (2018) call them. Who knew the direction would
    name the share Φ(signal) of the nodes rightly.
    """
    direction = torch.nn.functional.normalize(stream.normal(1, columns), dim=2)
    return stream.normal(labels.shape[1], columns) + signal * (2 * labels - 1)[..., None] * direction
