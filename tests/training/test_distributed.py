import os
import time

import pytest
import torch.distributed as dist

from lecture.errors import LectureError
from lecture.training.distributed import together


def test_each_process_answers_in_its_turn():
    """A function of torch's own, which needs the processes to be in touch."""
    assert together(dist.get_rank) == [0, 1]


def test_a_process_that_fails_is_told_in_one_line():
    with pytest.raises(LectureError, match=r"^process [12] of 2 failed: .*FileNotFoundError.*nowhere"):
        together(os.listdir, "/nowhere")


def test_processes_that_take_too_long_are_ended():
    start = time.monotonic()
    with pytest.raises(LectureError, match=r"^2 processes that work together did not finish within 2 s$"):
        together(time.sleep, 600, limit=2.0)
    assert time.monotonic() - start < 60
