"""All experiments there are, found by their place in the package."""

import difflib
import importlib
import inspect
import pkgutil
from functools import cache

import lecture.experiments
from lecture.errors import LectureError
from lecture.experiments.experiment import Experiment


@cache
def experiments() -> dict[str, type[Experiment]]:
    """Return every experiment by name: the concrete :class:`Experiment` of each module below this folder."""
    found: dict[str, type[Experiment]] = {}
    for module_info in pkgutil.walk_packages(lecture.experiments.__path__, "lecture.experiments."):
        module = importlib.import_module(module_info.name)
        for _, member in inspect.getmembers(module, inspect.isclass):
            if (
                issubclass(member, Experiment)
                and member.__module__ == module.__name__
                and not inspect.isabstract(member)
            ):
                found[member.name()] = member
    return dict(sorted(found.items()))


def find(name: str) -> type[Experiment]:
    """Return the experiment of that name.

    Raises:
        LectureError: There is none; the message names the nearest ones.
    """
    if name in experiments():
        return experiments()[name]
    near = difflib.get_close_matches(name, experiments(), n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "'lecture list' shows them all"
    raise LectureError(f"unknown experiment {name!r}: {hint}")
