"""How long the book takes: records, pages, unchanged, one sentence, one experiment, one script. ``make bench`` runs it.

Works on a copy of the tree with a record store of its own, so nothing of yours is touched. Prints seconds and the
ratio to everything from nothing, measured in the same run, because machines differ and are noisy.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
RECORDS = {"book": 1500.0, "smoke": 60.0}
"""Seconds that all records may take on two idle cores, by preset."""
TARGETS = {
    "pages": 75.0,
    "nothing changed": 3.0,
    "one sentence changed": 5.0,
    "one gallery script, records present": 5.0,
}


def copy_tree(target: Path) -> Path:
    """Copy what git tracks, and what it does not yet track but does not ignore, to ``target``."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(listed, cwd=ROOT, text=True).split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--preset", default="book", choices=["smoke", "book", "full"])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lecture-bench-") as folder:
        tree = copy_tree(Path(folder) / "tree")
        environment = {
            **os.environ,
            "LECTURE_CACHE": str(Path(folder) / "records"),
            "LECTURE_PRESET": arguments.preset,
            "PYTHONPATH": str(tree / "src"),
        }
        seconds = measure(tree, environment, report=lambda line: print(line, file=sys.stderr))
    targets = TARGETS | ({"records": RECORDS[arguments.preset]} if arguments.preset in RECORDS else {})
    if arguments.json:
        print(json.dumps({"preset": arguments.preset, "seconds": seconds, "targets": targets}))
        return
    for name, taken in seconds.items():
        target = f"target {targets[name]:g} s" if name in targets else ""
        print(f"{name:38} {taken:8.1f} s   {taken / seconds['from nothing']:6.3f} of from nothing   {target}")


def measure(tree: Path, environment: Mapping[str, str], report: Callable[[str], None]) -> dict[str, float]:
    """Return seconds by name; every build must succeed."""

    def run(*command: str, cwd: Path = tree) -> float:
        start = time.perf_counter()
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        taken = time.perf_counter() - start
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        report(f"{taken:.1f} s: {' '.join(Path(word).name for word in command)}")
        return taken

    def edit(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise SystemExit(f"{path} no longer contains {old!r}: the benchmark must edit something else")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    build = (str(BIN / "jupyter-book"), "build", "book")
    seconds = {"records": run(str(BIN / "lecture"), "run"), "pages": run(*build)}
    seconds["from nothing"] = sum(seconds.values())
    seconds["nothing changed"] = run(*build)
    chapter = tree / "book" / "gradient_vanishing.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    seconds["one sentence changed"] = run(*build)
    source = tree / "src" / "lecture" / "experiments" / "gradient_vanishing" / "sigmoid.py"
    edit(source, "    def run(", "    benchmark = 1\n\n    def run(")
    seconds["one experiment's source changed"] = run(*build)
    script = tree / "gallery" / "gradient_vanishing" / "plot_sigmoid.py"
    seconds["one gallery script, records present"] = run(sys.executable, str(script), cwd=tree.parent)
    return seconds


if __name__ == "__main__":
    main()
