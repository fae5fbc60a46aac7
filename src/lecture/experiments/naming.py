"""The name of an experiment, told by its place without importing it: ``chapter.class_in_snake_case``."""

import re

ROOM = "lecture.experiments."


def name_of(module: str, cls: str) -> str:
    """Return the name of an experiment, given the module of its class in full, and the class's name.

    In ``lecture.experiments.history.cures`` it belongs to ``history``, in a module from elsewhere to the module itself.
    """
    place = module.removeprefix(ROOM)
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", cls)
    return f"{place.rpartition('.')[0] or place}.{words.lower()}"
