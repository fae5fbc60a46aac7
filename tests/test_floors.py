"""The house rules: imports run downwards, modules stay small and are named for what they hold."""

import ast
from pathlib import Path

import pytest

import lecture

ROOT = Path(lecture.__file__).parent
FLOORS = [
    {"errors"},
    {"devices", "seeds", "statistics", "style"},
    {"power_law"},
    {"data", "models", "records"},
    {"training"},
    {"experiments"},
    {"claims"},
    {"publishing", "cli"},
]
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(path for path in ROOT.rglob("*.py") if path.parent != ROOT or path.stem in LEVEL)
SHAPELESS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "core", "base"}


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    found = set()
    tree = ast.parse(path.read_text())
    tree.body = [n for n in tree.body if not (isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports by full name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in found if name.startswith("lecture.")} & LEVEL.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_downwards_only(path):
    mine = room(path)
    assert not {other for other in imported_rooms(path) if other != mine and LEVEL[other] >= LEVEL[mine]}


def test_every_room_has_a_floor():
    modules = {path.stem for path in ROOT.glob("*.py")} - {"__init__", "__main__"}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert modules | packages == LEVEL.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_long_or_shapeless(path):
    assert len(path.read_text().splitlines()) <= 250
    assert path.stem not in SHAPELESS


def test_the_package_knows_nothing_of_book_gallery_or_tests():
    for path in MODULES:
        tops = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text()))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        assert not tops & {"book", "gallery", "tests"}, path
