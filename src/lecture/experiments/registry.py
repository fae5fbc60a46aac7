"""All experiments there are, found by their place in the package."""

import difflib
import importlib
import inspect
import pkgutil
from collections.abc import Iterable
from functools import cache

import lecture.experiments
from lecture.errors import LectureError
from lecture.experiments.experiment import Experiment

_ROOM = "lecture.experiments."


@cache
def names() -> tuple[str, ...]:
    """Return the names, ``chapter.module``, of all modules that may hold an experiment; nothing is imported."""
    chapters = (info.name for info in pkgutil.iter_modules(lecture.experiments.__path__) if info.ispkg)
    return tuple(
        sorted(
            f"{chapter}.{info.name}"
            for chapter in chapters
            for info in pkgutil.iter_modules([f"{folder}/{chapter}" for folder in lecture.experiments.__path__])
        )
    )


@cache
def experiments() -> dict[str, type[Experiment]]:
    """Return every experiment by name, in order: the concrete :class:`Experiment` of each module.

    Raises:
        LectureError: A module cannot be imported, or defines two.
    """
    return {name: experiment for name in names() if (experiment := defined_in(name))}


def find(name: str) -> type[Experiment]:
    """Return the experiment of that name.

    Raises:
        LectureError: There is none; the message names the nearest ones.
    """
    if name in names() and (experiment := defined_in(name)):
        return experiment
    near = difflib.get_close_matches(name, experiments(), n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "'lecture list' shows them all"
    raise LectureError(f"unknown experiment {name!r}: {hint}")


def select(chosen: Iterable[str]) -> list[type[Experiment]]:
    """Return the experiments of these names, each once; the name of a chapter stands for all of its experiments.

    Raises:
        LectureError: A name is neither an experiment nor a chapter that has one.
    """
    found: dict[str, type[Experiment]] = {}
    for name in chosen:
        in_chapter = [e for e in names() if e.partition(".")[0] == name]
        of_name = [experiments()[e] for e in in_chapter if e in experiments()] or [find(name)]
        found |= {experiment.name(): experiment for experiment in of_name}
    return list(found.values())


@cache
def defined_in(name: str) -> type[Experiment] | None:
    """Return the experiment that a module defines; None where it only serves others."""
    try:
        module = importlib.import_module(_ROOM + name)
    except LectureError:
        raise
    except Exception as error:
        raise LectureError(f"{_ROOM}{name} cannot be imported: {type(error).__name__}: {error}") from error
    found = [
        member
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, Experiment) and member.__module__ == module.__name__ and not inspect.isabstract(member)
    ]
    if len(found) > 1:
        raise LectureError(f"{_ROOM}{name} defines {len(found)} experiments: give each a module of its own")
    return found[0] if found else None
