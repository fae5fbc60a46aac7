"""What the predicate of a part says of records of the ``full`` preset, where the store has them; none is computed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lecture.claims.claim import Claim, Part
from lecture.claims.judging import judged, number_of
from lecture.claims.measurement import Measurement
from lecture.claims.verdict import Verdict

if TYPE_CHECKING:  # a page that only shows what was found need not wait for torch
    import pandas as pd

    from lecture.experiments.experiment import Experiment


@dataclass(frozen=True)
class AtFull:
    """What the same predicate says of the same experiments at the ``full`` preset.

    Attributes:
        verdict: What was measured there, whatever the literature says.
        number: The number that decides it there; None if there is none.
        size: How large the deciding experiment was, in a line.
        device: What computed it.
    """

    verdict: Verdict
    number: Measurement | None
    size: str
    device: str


def at_full(claim: Claim, part: Part) -> AtFull | None:
    """Judge a part by records of the ``full`` preset, from whatever device; None unless all are there and fresh."""
    for settings in _larger(part):
        tables = [table for experiment in settings if (table := stored(experiment)) is not None]
        if len(tables) == len(settings):
            finding, device = judged(claim, part, tables), tables[0].attrs["provenance"]["device_name"]
            return AtFull(finding.verdict, number_of(part, finding), settings[0].size_line(), device)
    return None


def _larger(part: Part) -> "Iterator[list[Experiment]]":
    """Yield what a part could be judged by at full scale: experiments in its own one's place, then those themselves.

    The former have the same tables from real data (:attr:`lecture.experiments.one_network.AtFullScale.in_place_of`).
    """
    from lecture.experiments import registry

    others = {getattr(one, "in_place_of", ""): one for one in registry.experiments().values()}
    names = [experiment.name() for experiment in part.experiments]
    if all(name in others for name in names):
        yield [others[name].preset("full") for name in names]
    if all("full" in experiment.offered for experiment in part.experiments):
        settings = [experiment.preset("full") for experiment in part.experiments]
        if settings != [experiment.preset("book") for experiment in part.experiments]:
            yield settings


def stored(experiment: "Experiment") -> "pd.DataFrame | None":
    """Return the fresh records of these settings, a GPU's first; None if there are none, and none are computed."""
    import torch

    from lecture.devices import KINDS
    from lecture.records import read, state

    places = (torch.device(kind) for kind in KINDS)
    return next((read(experiment, place) for place in places if state(experiment, place).fresh), None)
