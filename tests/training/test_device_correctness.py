"""Everything that trains does so on whatever device it is given, shown without having another one."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    find_spec("torch.utils.backend_registration") is None or find_spec("torch._subclasses.fake_tensor") is None,
    reason="this version of torch cannot pretend to have another device",
)


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, str | None]]:
    script = Path(__file__).with_name("fake_device.py")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_all_networks_and_optimisers_train_on_another_device(found: dict[str, dict[str, str | None]]) -> None:
    assert {name: error for name, error in found["right"].items() if error} == {}
    assert len(found["right"]) == 13


def test_the_pretended_device_would_notice_a_mistake(found: dict[str, dict[str, str | None]]) -> None:
    assert len(found["wrong"]) == 3
    assert all(found["wrong"].values()), found["wrong"]
