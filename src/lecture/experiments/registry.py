"""All experiments there are, found by their place in the package."""

import difflib
import importlib
import inspect
import pkgutil
from abc import ABC
from collections.abc import Iterable
from functools import cache

import lecture.experiments
from lecture.errors import LectureError
from lecture.experiments.experiment import Experiment, current_preset
from lecture.experiments.naming import ROOM


@cache
def modules() -> tuple[str, ...]:
    """Return all modules that may hold experiments, as ``chapter.module``; nothing is imported."""
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
    """Return every experiment by name, in order: the concrete :class:`Experiment` classes of all modules.

    Raises:
        LectureError: A module cannot be imported, or two experiments have one name.
    """
    found: dict[str, type[Experiment]] = {}
    for experiment in (experiment for module in modules() for experiment in defined_in(module)):
        if (other := found.setdefault(experiment.name(), experiment)) is not experiment:
            raise LectureError(f"{other.__module__} and {experiment.__module__} both define {experiment.name()}")
    return dict(sorted(found.items()))


def offered() -> list[type[Experiment]]:
    """Return the experiments of the preset in force.

    Raises:
        LectureError: See :func:`experiments`.
    """
    return [experiment for experiment in experiments().values() if current_preset() in experiment.offered]


def find(name: str) -> type[Experiment]:
    """Return the experiment of that name; only its chapter is imported.

    Raises:
        LectureError: There is none; the message names the nearest ones.
    """
    for experiment in _in_chapter(name.partition(".")[0]):
        if experiment.name() == name:
            return experiment
    near = difflib.get_close_matches(name, experiments(), n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "'lecture list' shows them all"
    raise LectureError(f"unknown experiment {name!r}: {hint}")


def select(chosen: Iterable[str]) -> list[type[Experiment]]:
    """Return the experiments of these names, each once; the name of a chapter stands for all of its experiments.

    Raises:
        LectureError: A name is neither an experiment nor a chapter that has one.
    """
    return list(dict.fromkeys(experiment for name in chosen for experiment in _in_chapter(name) or [find(name)]))


@cache
def defined_in(module: str) -> tuple[type[Experiment], ...]:
    """Return the experiments that a module, ``chapter.module``, defines; none where it only serves others.

    A class that derives from ABC, or lacks ``run``, is no experiment but what several share.

    Raises:
        LectureError: The module cannot be imported.
    """
    try:
        members = vars(importlib.import_module(ROOM + module)).values()
    except LectureError:
        raise
    except Exception as error:
        raise LectureError(f"{ROOM}{module} cannot be imported: {told(error)}") from error
    mine = [m for m in members if isinstance(m, type) and issubclass(m, Experiment) and m.__module__ == ROOM + module]
    return tuple(
        experiment for experiment in mine if not inspect.isabstract(experiment) and ABC not in experiment.__bases__
    )


def told(error: Exception) -> str:
    """Return in one line what went wrong in an import; a typo with its file, which may be another module's."""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg} ({error.filename}:{error.lineno})"
    return f"{type(error).__name__}: {error}"


def _in_chapter(chapter: str) -> list[type[Experiment]]:
    found = [e for module in modules() if module.partition(".")[0] == chapter for e in defined_in(module)]
    return sorted(found, key=lambda experiment: experiment.name())
