"""What an experiment's numbers depend on: a digest of the source it imports inside ``lecture``, directly or not.

The imports are followed in the syntax tree, from module to module, without running anything. Each module is digested
in a normal form that leaves out comments, docstrings and formatting. So an edited helper changes the digest of exactly
the experiments that use it, and an edited docstring changes none.
"""

import ast
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import lecture
from lecture.errors import LectureError

ROOT = Path(lecture.__file__).parent
EXCLUDED = ("records", "claims", "cli", "publishing")
"""Rooms that store, judge and show numbers, and so cannot change them."""
TOLD = {("size", "ClassVar[str]"), ("core_seconds", "ClassVar[float]")}
"""Attributes of an experiment, with their annotations, that only tell of it."""

_STARTED = time.time()
_seen: dict[Path | None, str] = {}
"""Digest of each file when this process first saw it; empty if it had been edited since the process started."""


@dataclass(frozen=True)
class _Source:
    digest: str
    imports: frozenset[str]


def closure(module: str, root: Path = ROOT) -> dict[str, str]:
    """Return the digest of every module of the package that the module reaches by imports, itself included, by name.

    The module may lie outside the package (a learner's own script); then it counts by itself, and of what it imports
    only the package's modules count.

    Raises:
        LectureError: The module has no source file, or a source file that is not Python.
    """
    found: dict[str, str] = {}
    waiting = [module, *_parents(module)]
    while waiting:
        name = waiting.pop()
        path = _path(name, root)
        if name == module and path is None:
            raise LectureError(f"{module} has no source file: define the experiment in a module of its own")
        if name in found or path is None:
            continue
        source = _source(name, path, root.name)
        found[name] = source.digest
        waiting += source.imports
    return dict(sorted(found.items()))


def combine(modules: dict[str, str]) -> str:
    """Return one digest for the digests of several modules."""
    return sha256(repr(sorted(modules.items())).encode()).hexdigest()


def edited(modules: dict[str, str], root: Path = ROOT) -> list[str]:
    """Return those modules of a :func:`closure` whose source is no longer what this process loaded, if it can tell."""
    return [name for name, digest in modules.items() if _seen.get(_path(name, root)) != digest]


def normal_form(text: str) -> object:
    """Return what a module's source means: its syntax tree as nested tuples, without comments and docstrings.

    Own tuples rather than ``ast.dump``, whose text differs between Python versions.

    Raises:
        SyntaxError: The text is not Python.
    """
    return _normal(ast.parse(text))


def _normal(node: object) -> object:
    if isinstance(node, list):
        return tuple(_normal(item) for item in node if not _is_empty_statement(item))
    if not isinstance(node, ast.AST):
        return (type(node).__name__, repr(node))
    fields = ((name, getattr(node, name, None)) for name in node._fields if name not in ("kind", "type_comment"))
    return (
        type(node).__name__,
        *((name, _normal(value)) for name, value in fields if value is not None and value != []),
    )


def _is_empty_statement(node: object) -> bool:
    """Tell what changes no number: ``pass``, a bare string (a docstring), what an experiment says of its own size."""
    if isinstance(node, ast.AnnAssign) and node.value:
        return (ast.unparse(node.target), ast.unparse(node.annotation)) in TOLD
    bare = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    return bare or isinstance(node, ast.Pass)


def _source(name: str, path: Path, package: str) -> _Source:
    status = path.stat()
    source = _parsed(name, path, package, status.st_mtime_ns, status.st_size)
    edited_since = _STARTED < status.st_mtime <= time.time()  # a time in the future says that some clock was wrong
    _seen.setdefault(path, "" if edited_since else source.digest)
    return source


@lru_cache(maxsize=4096)
def _parsed(name: str, path: Path, package: str, modified: int, size: int) -> _Source:
    try:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise LectureError(f"{path} is not valid Python: {error}") from error
    inside = package if path.name == "__init__.py" and name == package else name
    base = inside if path.name == "__init__.py" else inside.rpartition(".")[0]
    imports = frozenset(
        found
        for imported in _imported(tree, base)
        if _counts(imported, package)
        for found in (imported, *_parents(imported))
    )
    return _Source(sha256(repr(_normal(tree)).encode()).hexdigest()[:16], imports)


def _imported(tree: ast.Module, base: str) -> Iterator[str]:
    """Yield every name that an import statement, anywhere in the module, may refer to as a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = base.split(".")[: len(base.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield origin
            yield from (f"{origin}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


def _counts(name: str, package: str) -> bool:
    first, _, rest = name.partition(".")
    return first == package and rest.split(".")[0] not in EXCLUDED


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts))]


def _path(name: str, root: Path) -> Path | None:
    """Return the file of a module, None where the name is not a module but something defined in one."""
    first, *rest = name.split(".")
    if first != root.name:
        file = getattr(sys.modules.get(name), "__file__", None)
        return Path(file) if file and file.endswith(".py") else None
    place = root.joinpath(*rest)
    return next(
        (path for path in (place / "__init__.py", place.with_name(place.name + ".py")) if path.is_file()),
        None,
    )
