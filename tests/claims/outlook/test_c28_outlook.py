from inspect import signature

import pytest

from lecture.claims.outlook import (
    adversarial,
    architecture,
    c28_outlook,
    generative,
    representation,
    sequences,
    transfer,
)
from lecture.claims.verdict import Verdict


@pytest.fixture
def _empty(monkeypatch):
    for module in (transfer, representation, generative, adversarial, sequences, architecture):
        monkeypatch.setattr(module, "numbers", lambda *_, **__: [])


@pytest.mark.usefixtures("_empty")
def test_nobody_decides_an_announcement():
    names = signature(c28_outlook.collect).parameters
    assert c28_outlook.collect(**dict.fromkeys(names)).verdict is Verdict.OPINION
