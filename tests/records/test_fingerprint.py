"""The digest of an experiment changes with the code it depends on, and with nothing else."""

import ast
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.toys import Toy

from lecture.errors import LectureError
from lecture.experiments.registry import modules as module_names
from lecture.records import fingerprint
from lecture.records.fingerprint import EXCLUDED, closure, combine, normal_form

PROGRAM = '''
"""A module."""
import math

LIMIT = 3


class Layer:
    """A layer."""

    width: int = 4
    """Units."""

    def grow(self, by: int = 1) -> int:
        """Return the new width."""
        total = [self.width * factor for factor in range(by) if factor != LIMIT]
        return math.floor(sum(total)) or -1
'''
REWRITTEN = '''# a comment
import math
LIMIT = (3)  # another
class Layer:
    """Quite another docstring."""

    width: int = 4
    def grow(self, by: int=1) -> int:
        # why
        total = [
            self.width*factor
            for factor in range(by)
            if factor != LIMIT
        ]


        return (math.floor(sum(total)) or -1)
'''


def test_comments_docstrings_and_formatting_mean_nothing():
    assert normal_form(PROGRAM) == normal_form(REWRITTEN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 3", "LIMIT = 3.0"),
        ("LIMIT = 3", "LIMIT = True"),
        ("LIMIT = 3", "LIMIT = None"),
        ("width: int = 4", "width: float = 4"),
        ("!=", "=="),
        ("by: int = 1", "by: int"),
        ("or -1", "or +1"),
        ("grow", "shrink"),
        ("import math", "import cmath as math"),
        ("def grow", "async def grow"),
        ("LIMIT = 3", 'LIMIT = "3"'),
    ],
)
def test_any_change_of_meaning_shows(old, new):
    assert normal_form(PROGRAM) != normal_form(PROGRAM.replace(old, new, 1))


def test_what_an_experiment_says_of_its_size_means_nothing():
    plain = normal_form("class A:\n    steps: int = 3")
    words = 'size: ClassVar[str] = "{steps} steps"\n    core_seconds: ClassVar[float] = 9.0'
    told = f"class A:\n    steps: int = 3\n    {words}"
    assert normal_form(told) == plain
    assert normal_form("class A:\n    steps: int = 3\n    size: int = 3") != plain


def test_a_string_that_is_used_is_not_a_docstring():
    assert normal_form('x = f("a")') != normal_form('x = f("b")')
    assert normal_form('def f():\n    return "a"') != normal_form('def f():\n    return "b"')


names = st.sampled_from(["alpha", "beta", "gamma"])
constants = st.one_of(st.integers(0, 9), st.floats(0, 9), st.booleans(), st.text("ab'\n", max_size=3), st.none())
expressions = st.recursive(
    constants.map(repr) | names,
    lambda inner: (
        st.builds("({} + {})".format, inner, inner)
        | st.builds("f({}, k={})".format, inner, inner)
        | st.builds("[{} for x in {}]".format, inner, inner)
    ),
    max_leaves=6,
)
statements = st.recursive(
    st.builds("{} = {}".format, names, expressions) | st.builds("return {}".format, expressions),
    lambda inner: st.builds(
        lambda name, body: f"def {name}():\n" + "\n".join("    " + line for line in "\n".join(body).splitlines()),
        names,
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
programs = st.lists(statements, min_size=1, max_size=4).map("\n".join).filter(lambda text: _parses(text))


def _parses(text):
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


@given(programs, st.text("abc \"'", max_size=8))
def test_decorating_a_program_with_words_changes_nothing(text, words):
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.Module):
            node.body.insert(0, ast.Expr(ast.Constant(words)))
    decorated = "\n".join(f"{line}  # {words}" for line in ast.unparse(ast.fix_missing_locations(tree)).splitlines())
    assert normal_form(decorated) == normal_form(text)


@given(programs, programs)
def test_two_programs_have_one_normal_form_only_if_they_have_one_tree(one, other):
    same_tree = ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
    assert (normal_form(one) == normal_form(other)) == same_tree


def write(root: Path, **modules: str) -> Path:
    """Write a package; ``a__b`` is the module b in the folder a."""
    for name, text in {"__init__": "", **modules}.items():
        path = root.joinpath(*name.split("__")) if name != "__init__" else root / "__init__"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".py").write_text(text)
        for folder in path.relative_to(root).parents:
            (root / folder / "__init__.py").touch()
    return root


@settings(max_examples=30)
@given(
    graph=st.integers(2, 6).flatmap(
        lambda n: st.lists(st.sets(st.integers(0, n - 1), max_size=3), min_size=n, max_size=n)
    ),
    data=st.data(),
)
def test_an_edit_changes_exactly_what_depends_on_it(graph, data, tmp_path_factory):
    root = tmp_path_factory.mktemp("graph") / "pack"
    source = [
        "\n".join([f"VALUE = {n}", *(f"from pack.m{to} import VALUE as V{to}" for to in sorted(edges))])
        for n, edges in enumerate(graph)
    ]
    write(root, **{f"m{n}": text for n, text in enumerate(source)})

    def digests():
        return [combine(closure(f"pack.m{n}", root)) for n in range(len(graph))]

    def reached(n):
        seen, waiting = set(), [n]
        while waiting:
            if (m := waiting.pop()) not in seen:
                seen.add(m)
                waiting += graph[m]
        return seen

    for n in range(len(graph)):
        assert set(closure(f"pack.m{n}", root)) == {"pack", *(f"pack.m{m}" for m in reached(n))}
    victim = data.draw(st.integers(0, len(graph) - 1))
    before = digests()
    (root / f"m{victim}.py").write_text(source[victim] + "\n# a comment, and a longer file\n")
    assert digests() == before
    (root / f"m{victim}.py").write_text(source[victim] + "\nMORE = 12345678\n")
    after = digests()
    assert [old != new for old, new in zip(before, after, strict=True)] == [
        victim in reached(n) for n in range(len(graph))
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "import pack.rooms.helper",
        "import pack.rooms.helper as h",
        "from pack.rooms import helper",
        "from pack.rooms.helper import VALUE",
        "from pack.rooms.helper import *",
        "from .helper import VALUE",
        "from . import helper",
        "from ..rooms import helper",
        "def f():\n    from pack.rooms.helper import VALUE",
        "import importlib\nimportlib.import_module('pack.rooms.helper')",
        "if True:\n    import os, pack.rooms.helper",
    ],
)
def test_every_way_to_import_is_followed(statement, tmp_path):
    root = write(tmp_path / "pack", rooms__helper="VALUE = 1", rooms__user=statement, rooms__other="")
    assert set(closure("pack.rooms.user", root)) == {"pack", "pack.rooms", "pack.rooms.helper", "pack.rooms.user"}


def test_a_package_is_followed_through_its_init(tmp_path):
    root = write(tmp_path / "pack", deep__a="", b="", user="import pack.deep.a")
    (root / "deep" / "__init__.py").write_text("from ..b import x\nfrom . import a")
    assert set(closure("pack.user", root)) == {"pack", "pack.deep", "pack.deep.a", "pack.b", "pack.user"}


def test_rooms_that_only_store_judge_or_show_do_not_count(tmp_path):
    rooms = {f"{room}__x": "VALUE = 1" for room in EXCLUDED}
    text = "\n".join(f"from pack.{room}.x import VALUE" for room in EXCLUDED)
    root = write(tmp_path / "pack", **rooms, user=text)
    assert set(closure("pack.user", root)) == {"pack", "pack.user"}


def test_source_that_is_not_python_is_named(tmp_path):
    root = write(tmp_path / "pack", helper="def (", user="import pack.helper")
    with pytest.raises(LectureError, match=r"helper\.py is not valid Python"):
        closure("pack.user", root)


def test_an_experiment_needs_a_file():
    with pytest.raises(LectureError, match="no source file"):
        closure("no_such_module_anywhere")


def test_a_learners_own_module_counts_with_what_it_imports_of_ours():
    found = closure(Toy.__module__)
    assert {"tests.toys", "lecture.experiments.experiment", "lecture.errors"} <= set(found)
    assert not any(name.startswith("lecture.records") for name in found)


@pytest.mark.parametrize("name", module_names())
def test_no_experiment_depends_on_the_catalogue_the_schedule_or_a_room_above(name):
    found = set(closure(f"lecture.experiments.{name}"))
    assert not {f"lecture.experiments.{module}" for module in ("registry", "schedule", "plan")} & found
    assert not [module for module in found if module.split(".")[1:2] and module.split(".")[1] in EXCLUDED]


OTHERS = """
import sys
from importlib import import_module
for name in {names!r}:
    import_module("lecture.experiments." + name)
found = {{name: module.__spec__ for name, module in sys.modules.items() if getattr(module, "__spec__", None)}}
print(*(name for name, spec in found.items() if spec.name == name and name.partition(".")[0] != "lecture"))
"""
LOADED = """
import os, sys
from importlib import import_module
for name in {others!r}:
    import_module(name)  # else each child would import it again
for name in {names!r}:
    sys.stdout.flush()
    if os.fork() == 0:
        import_module("lecture.experiments." + name)
        print(name, *sorted(name for name in sys.modules if name.partition(".")[0] == "lecture"))
        sys.stdout.flush()
        os._exit(0)
    assert os.wait()[1] == 0, name
"""


def python(program):
    """Return what a program prints, in a process that has loaded nothing of ours."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_whatever_python_imports_for_an_experiment_is_in_its_closure():
    """The oracle of the static analysis: Python itself. What a function imports later it finds in the text alone."""
    others = python(OTHERS.format(names=module_names())).split()
    assert {"torch", "sklearn"} <= set(others)
    lines = python(LOADED.format(names=module_names(), others=others)).splitlines()
    assert [line.split()[0] for line in lines] == list(module_names())
    for line in lines:
        name, *loaded = line.split()
        assert set(loaded) <= set(closure(f"lecture.experiments.{name}")), name


def test_an_edit_under_a_running_process_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(fingerprint, "_seen", {})
    root = write(tmp_path / "pack", user="VALUE = 1")
    assert fingerprint.edited(closure("pack.user", root), root), "written after this process had started"
    monkeypatch.setattr(fingerprint, "_seen", {})
    os.utime(root / "user.py", (time.time() + 3600,) * 2)
    assert fingerprint.edited(closure("pack.user", root), root) == ["pack"], "a clock that runs ahead is no edit"
    monkeypatch.setattr(fingerprint, "_seen", {})
    monkeypatch.setattr(fingerprint, "_STARTED", float("inf"))
    assert not fingerprint.edited(closure("pack.user", root), root)
    (root / "user.py").write_text("VALUE = 1  # still")
    assert not fingerprint.edited(closure("pack.user", root), root)
    (root / "user.py").write_text("VALUE = 20")
    assert fingerprint.edited(closure("pack.user", root), root) == ["pack.user"]
