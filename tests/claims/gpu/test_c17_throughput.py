import pandas as pd
import pytest

from lecture.claims.gpu.c17_throughput import CLAIM, judge_parallel
from lecture.claims.verdict import Verdict


def rows(kind, job, replicas, batch, rate, threads=1):
    return pd.DataFrame(
        {
            "device": kind, "kind": kind, "threads": threads, "job": job, "replicas": replicas, "batch": batch,
            "seed": range(5), "examples_per_second": rate, "share_of_peak": 0.5,
        }
    )  # fmt: skip


def table(*times):
    """A processor that does 100 examples a second alone, 2,000 in a batch; and, if told, a GPU so many times faster."""
    rates = {(1, 1): 100.0, (20, 1): 300.0, (1, 100): 1000.0, (20, 100): 500.0}
    cpu = [rows("cpu", "step", *key, [t * rate] * 5, t) for key, rate in rates.items() for t in (1, 2)]
    gpu = [rows("cuda", "step", 20, 100, [2000.0 * t for t in times])] if times else []
    return pd.concat([*cpu, *gpu], ignore_index=True)


@pytest.mark.parametrize(
    ("times", "verdict"),
    [
        ((), Verdict.UNDECIDED),  # no GPU here
        ((10, 11, 12, 11, 10), Verdict.HOLDS),
        ((3, 4, 3, 4, 3), Verdict.FAILS),
        ((3, 9, 4, 8, 5), Verdict.UNDECIDED),
    ],
)
def test_only_a_gpu_can_tell_whether_the_work_suits_one(times, verdict):
    assert judge_parallel(table(*times)).verdict is verdict


def test_what_batches_and_replicas_bring_is_read_off_one_thread():
    found = {m.key: m.interval.value for m in judge_parallel(table()).numbers}
    assert found["alone"] == pytest.approx(100)
    assert found["gain_batch"] == pytest.approx(10)
    assert found["gain_replicas"] == pytest.approx(3)
    assert found["gain_both"] == pytest.approx(0.5)
    assert found["share_alone"] == pytest.approx(50)


def test_the_gpu_is_held_against_all_of_the_processor():
    assert judge_parallel(table(7, 7, 7, 7, 7.01)).value.value == pytest.approx(7, rel=0.01)


def test_less_than_half_of_the_paper_is_about_gpus():
    assert CLAIM.parts[2].published.value == pytest.approx(670 / 46)
