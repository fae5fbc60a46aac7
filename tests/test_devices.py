"""Which device computes: as asked, or one clear line."""

import platform

import pytest
import torch

from lecture import devices
from lecture.errors import LectureError


@pytest.fixture(autouse=True)
def _machine_without_accelerator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LECTURE_DEVICE", raising=False)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


def test_the_best_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert devices.pick() == torch.device("cpu")
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert devices.pick() == torch.device("mps")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert devices.pick() == torch.device("cuda")
    assert devices.pick("cuda:1") == torch.device("cuda", 1)


def test_the_environment_decides_unless_asked_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    monkeypatch.setenv("LECTURE_DEVICE", "cpu")
    assert devices.pick() == torch.device("cpu")
    assert devices.pick("mps") == torch.device("mps")


@pytest.mark.parametrize("name", ["cuda", "cuda:0", "mps"])
def test_an_absent_device_is_refused_by_name_and_never_replaced(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for ask in (lambda: devices.pick(name), lambda: (monkeypatch.setenv("LECTURE_DEVICE", name), devices.pick())):
        with pytest.raises(LectureError, match=f"device '{name}' is not available.*--device cpu") as caught:
            ask()
        assert "\n" not in str(caught.value)


def test_a_second_gpu_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    with pytest.raises(LectureError, match="cuda:1"):
        devices.pick("cuda:1")


@pytest.mark.parametrize("name", ["gpu", "cuda:x", "cpu0", "tpu"])
def test_an_unknown_name_lists_the_known_ones(name: str) -> None:
    with pytest.raises(LectureError, match="use one of cuda, mps, cpu"):
        devices.pick(name)


def test_describe_names_the_machine() -> None:
    assert devices.describe(torch.device("cpu")).startswith("cpu (")


def test_only_apples_gpu_computes_float64_elsewhere() -> None:
    assert devices.for_double(torch.device("mps")) == torch.device("cpu")
    assert devices.for_double(torch.device("cuda", 1)) == torch.device("cuda", 1)


def test_prepare_flushes_denormal_numbers_and_takes_one_thread() -> None:
    devices.prepare()
    assert torch.get_num_threads() == 1
    assert float(torch.tensor(1e-38) * 1e-3) == 0


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc is told to keep memory")
def test_prepare_keeps_the_memory_that_a_step_frees() -> None:
    resource = pytest.importorskip("resource")
    devices.prepare()
    paid = []  # pages that the system gave, step by step
    for _ in range(6):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        step = [torch.ones(6_000_000) for _ in range(4)]
        del step
        paid.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
    assert paid[-1] < 1000, paid
