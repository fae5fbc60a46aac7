"""The whole book at the smoke preset, built once for all tests that look at it, in a copy that they may edit."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ("src", "book", "gallery", "_config.yml", "_toc.yml", "pyproject.toml", "README.md")


@dataclass(frozen=True)
class Result:
    """How a build ended.

    Attributes:
        status: Exit status.
        said: Everything it printed, without colours.
    """

    status: int
    said: str

    @property
    def executed(self):
        """Names of the pages whose cells ran."""
        return sorted({Path(page).name for page in re.findall(r"^(\S+): [Ee]xecuting", self.said, re.MULTILINE)})

    @property
    def warnings(self):
        """Lines that report a problem of the book itself."""
        return [line for line in self.said.splitlines() if re.search(r"\b(WARNING|ERROR|SEVERE):", line)]

    @property
    def chatter(self):
        """Lines of libraries that log, or warn, in other forms than Sphinx's."""
        form = r"^(?!.*\b(WARNING|ERROR):).*(\b(DEBUG|INFO|WARNING|ERROR|CRITICAL)\b|Warning: )"
        return [line for line in self.said.splitlines() if re.match(form, line)]

    @property
    def scripts(self):
        """Number of gallery scripts that ran."""
        found = re.search(r"successfully executed (\d+) out of", self.said)
        return int(found[1]) if found else 0


@dataclass(frozen=True)
class Site:
    """Published pages in a folder."""

    folder: Path

    def pages(self):
        """Return the pages' paths."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        return sorted(name for name in found if not name.startswith("_static"))


class Book:
    """A copy of the sources with a cache of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.cache = folder / "cache"
        self.published = folder / "_build" / "html"

    def begin(self, records):
        """Copy the sources, and the smoke records of a store."""
        unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info")
        self.folder.mkdir()
        for name in SOURCES:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.folder / name, ignore=unwanted)
            elif (ROOT / name).exists():
                shutil.copy(ROOT / name, self.folder / name)
        shutil.rmtree(self.folder / "book" / "gallery", ignore_errors=True)
        for record in records.glob("*/smoke-*.parquet"):
            copy = self.cache / record.relative_to(records)
            copy.parent.mkdir(parents=True)
            shutil.copy(record, copy)

    @property
    def environment(self):
        """What every process of the book gets."""
        own = {"LECTURE_CACHE": self.cache, "LECTURE_PRESET": "smoke", "PYTHONPATH": self.folder / "src"}
        return {
            **os.environ,
            **{name: str(value) for name, value in own.items()},
            "NO_COLOR": "1",
            "LECTURE_ADDRESS": "",
            "LECTURE_DOWNLOADS": "",
        }

    def command(self, *arguments):
        """Return a command of this Python's environment."""
        return [str(Path(sys.executable).with_name(arguments[0])), *arguments[1:]]

    def run(self, *arguments):
        """Run a command in the book's folder to its end."""
        done = subprocess.run(
            self.command(*arguments), cwd=self.folder, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1200, check=False,
        )  # fmt: skip
        return Result(done.returncode, re.sub(r"\x1b\[[\d;]*m", "", done.stdout))

    def build(self):
        """Build the site as a reader would, strictly."""
        return self.run("jupyter-book", "build", "book", "-W", "-n", "--keep-going")
