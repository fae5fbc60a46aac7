from functools import partial

import pytest

from lecture.claims.saturation import learning_curves
from lecture.power_law import fit_seeds


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch):
    """Made-up tables have hardly any spread: a dozen resamples say what a thousand do."""
    monkeypatch.setattr(learning_curves, "fit_seeds", partial(fit_seeds, resamples=12))
