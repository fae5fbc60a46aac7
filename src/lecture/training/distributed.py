"""Several processes that work together: started here or by ``torchrun``, in touch through ``torch.distributed``."""

import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import torch.distributed as dist
from torch.distributed import TCPStore  # type: ignore[attr-defined]  # documented; its stub leaves it out

from lecture import devices
from lecture.errors import LectureError

HERE = "127.0.0.1"
Result = TypeVar("Result")


def together(work: Callable[..., Result], *arguments: Any, processes: int = 2, limit: float = 120.0) -> list[Result]:
    """Do the same work in several processes that can talk to each other, and return what each returns, in their order.

    They are programs of their own and not copies of this one, so that it matters neither how this one was started nor
    what it has done before. They talk through gloo on this machine alone, at a port that the system chooses.

    Args:
        work: A function of a module; in it :mod:`torch.distributed` is ready to use.
        arguments: Given to it in each process; they and what it returns are pickled.
        processes: How many.
        limit: Seconds after which the processes are ended.

    Raises:
        LectureError: A process failed, or they took too long; none is left behind.
    """
    with TemporaryDirectory(prefix="lecture-") as name:
        folder = Path(name)
        (folder / "task").write_bytes(pickle.dumps((work, arguments, limit)))
        meeting = TCPStore(HERE, 0, is_master=True, wait_for_workers=False, timeout=timedelta(seconds=limit))
        with ExitStack() as files:
            complaints = [files.enter_context(_complaints(folder, rank).open("wb")) for rank in range(processes)]
            running = [
                subprocess.Popen(
                    [sys.executable, "-m", __name__, name],
                    env=_environment(rank, processes, meeting.port),
                    stdout=subprocess.DEVNULL,
                    stderr=complaint,
                )
                for rank, complaint in enumerate(complaints)
            ]
        try:
            _wait(running, folder, limit)
        finally:
            for process in running:
                process.kill()
                process.wait()
        return [pickle.loads(_answer(folder, rank).read_bytes()) for rank in range(processes)]


@contextmanager
def joined(limit: float = 120.0) -> Iterator[None]:
    """Join the other processes: in this block :mod:`torch.distributed` works.

    ``RANK``, ``WORLD_SIZE``, ``MASTER_ADDR`` and ``MASTER_PORT`` say who and where they are, as ``torchrun`` sets them.

    Args:
        limit: Seconds that one waits for the others before giving up.
    """
    dist.init_process_group("gloo", timeout=timedelta(seconds=limit))
    try:
        yield
    finally:
        dist.destroy_process_group()


def _environment(rank: int, processes: int, port: int) -> Mapping[str, str]:
    """Return what ``torchrun`` would tell the process; where this one finds its modules, the other does too."""
    loopback = next((name for _, name in socket.if_nameindex() if name.startswith("lo")), "lo")
    return os.environ | {
        "RANK": str(rank),
        "WORLD_SIZE": str(processes),
        "MASTER_ADDR": HERE,
        "MASTER_PORT": str(port),
        "TORCHELASTIC_USE_AGENT_STORE": "True",  # the port is open already: no process needs to open it
        "TORCHELASTIC_RESTART_COUNT": "0",
        "GLOO_SOCKET_IFNAME": loopback,  # in a container the machine's own name may lead nowhere
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }


def _wait(running: list["subprocess.Popen[bytes]"], folder: Path, limit: float) -> None:
    end = time.monotonic() + limit
    while True:
        codes = [process.poll() for process in running]
        for rank, code in enumerate(codes):
            if code:
                said = _complaints(folder, rank).read_text(errors="replace").strip().splitlines() or [f"code {code}"]
                raise LectureError(f"process {rank + 1} of {len(running)} failed: {said[-1]}")
        if None not in codes:
            return
        if time.monotonic() > end:
            raise LectureError(f"{len(running)} processes that work together did not finish within {limit:g} s")
        time.sleep(0.02)


def _complaints(folder: Path, rank: int) -> Path:
    return folder / f"{rank}.stderr"


def _answer(folder: Path, rank: int) -> Path:
    return folder / f"{rank}.answer"


def _take_part(folder: Path) -> None:
    """Do what :func:`together` asks of one of its processes."""
    devices.prepare()
    work, arguments, limit = pickle.loads((folder / "task").read_bytes())
    with joined(limit):
        found = work(*arguments)
        _answer(folder, dist.get_rank()).write_bytes(pickle.dumps(found))
        with suppress(RuntimeError):  # another failed: it says so itself
            dist.barrier()  # whoever left now would shut the door on one that is still coming in


if __name__ == "__main__":
    _take_part(Path(sys.argv[1]))
