import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.gpu.c17_throughput import CLAIM


def rows(kind, threads, job, replicas, batch, rate):
    return pd.DataFrame(
        {
            "device": kind, "kind": kind, "threads": threads, "job": job, "replicas": replicas, "batch": batch,
            "seed": range(5), "seconds": 1.0, "examples_per_second": rate, "gflops": [100.0, 101, 102, 103, 104],
            "share_of_peak": 0.5,
        }
    )  # fmt: skip


def table(gain):
    cpu = [
        rows("cpu", threads, "step", r, b, [1000.0 * threads * (gain if (r, b) == (20, 100) else 1)] * 5)
        for threads in (1, 2)
        for r in (1, 20)
        for b in (1, 100)
    ]
    return pd.concat([*cpu, *(rows("cpu", t, "product", 0, 0, [0.0] * 5) for t in (1, 2))], ignore_index=True)


@pytest.mark.parametrize(("gain", "verdict"), [(100, Verdict.CAVEAT), (5, Verdict.CAVEAT), (4, Verdict.FAILS)])
def test_many_at_once_must_be_five_times_as_fast(gain, verdict):
    assert CLAIM.find(table(gain)).verdict == verdict


def test_one_slow_moment_does_not_decide():
    slow = table(100)
    slow.loc[(slow.seed == 0) & (slow.batch == 100), "examples_per_second"] = 1.0
    found = CLAIM.find(slow)
    assert found.verdict == Verdict.CAVEAT
    assert found.opposite == pytest.approx(0.2)


def test_a_gpu_adds_its_numbers_and_its_absence_none():
    without = CLAIM.find(table(100))
    assert not any(m.key.startswith("gpu") for m in without.measurements)
    gpu = [rows("cuda", 1, "step", 20, 100, [1e6] * 5), rows("cuda", 1, "product", 0, 0, [0.0] * 5)]
    found = {m.key: m.interval.value for m in CLAIM.find(pd.concat([table(100), *gpu])).measurements}
    assert found["gpu"] == pytest.approx(1e6)
    assert found["gpu_gain"] == pytest.approx(10)
    assert found["threads"] == 2
