"""Which device computes: chosen automatically, overridden by ``LECTURE_DEVICE``, never silently replaced."""

import ctypes
import os
import platform

import torch

from lecture.errors import LectureError

KINDS = ("cuda", "mps", "cpu")
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # of malloc.h


def pick(name: str | None = None) -> torch.device:
    """Return the device to compute on.

    Args:
        name: ``"cuda"``, ``"cuda:1"``, ``"mps"`` or ``"cpu"``. By default ``LECTURE_DEVICE``, else the best there is.

    Raises:
        LectureError: The name is unknown or this machine lacks the device. There is no fall-back: a page must be able
            to say which device computed it.
    """
    name = name or os.environ.get("LECTURE_DEVICE") or next(kind for kind in KINDS if _available(kind))
    kind, _, index = name.partition(":")
    if kind not in KINDS or (index and not index.isdigit()):
        raise LectureError(f"unknown device {name!r}: use one of {', '.join(KINDS)}")
    if not _available(kind) or (kind == "cuda" and int(index or 0) >= torch.cuda.device_count()):
        raise LectureError(
            f"device {name!r} is not available on this machine: "
            f"use --device cpu (or LECTURE_DEVICE=cpu), or see the README on installing torch for your GPU"
        )
    return torch.device(name)


def describe(device: torch.device) -> str:
    """Return the device's name as a reader would know it, for example ``"cpu (x86_64)"`` or ``"NVIDIA H100"``."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return f"{device.type} ({platform.machine()})"


def for_double(device: torch.device) -> torch.device:
    """Return where float64 is computed: the device itself, or the CPU where it has no float64 (Apple's GPUs)."""
    return torch.device("cpu") if device.type == "mps" else device


def prepare(threads: int = 1) -> None:
    """Set the calling process up for reproducible, fast small-network training.

    Flushes denormal numbers to zero (vanishing gradients are denormal, and the CPU is up to 50 times slower on them)
    and fixes the number of threads: one is immune to other processes wanting a core.
    """
    torch.set_flush_denormal(True)
    torch.set_num_threads(threads)
    _keep_freed_memory()


def _keep_freed_memory() -> None:
    """Let glibc, where that is the C library, use again what a step has freed.

    By itself it gives larger blocks back to the system, and the next step pays for every page anew: a tenth of the
    time of a small network's step.
    """
    if platform.libc_ver()[0] == "glibc":
        libc = ctypes.CDLL(None)
        libc.mallopt(M_MMAP_THRESHOLD, 2**25)  # the most that it takes
        libc.mallopt(M_TRIM_THRESHOLD, 2**31 - 1)


def _available(kind: str) -> bool:
    return {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}[kind]
