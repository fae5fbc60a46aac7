"""Caches that notice what they depend on: chapters and gallery scripts run again when what they use has changed.

Left alone, jupyter-cache looks at the cells' text only, and sphinx-gallery at the script's. Both keep their old output
when the package, the records or a file behind it change.
"""

import ast
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from myst_nb.core.config import NbParserConfig
from myst_nb.core.read import create_nb_reader
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

import lecture
from lecture.experiments.naming import ROOM, name_of
from lecture.publishing.state import CELLS, BookError, BuildState, remembered, short_digest, state_of

_log = logging.getLogger(__name__)


def digest(code: str, folder: Path) -> str:
    """Return what decides the output of code besides its own text.

    That is: the source of the package that it imports, the records of the experiments in that, and the files that it
    names. Of modules that it imports itself every letter counts, since a page may print them.

    Args:
        code: Python; what cannot be parsed depends on nothing, and says so when it runs.
        folder: Where the code runs: names of files are relative to it.
    """
    from lecture import devices  # here, not above: torch takes longer to import than an unchanged book to build
    from lecture.experiments import registry
    from lecture.experiments.experiment import current_preset
    from lecture.records import fingerprint, store

    direct = sorted(imported(code))
    modules = {name: value for module in direct for name, value in fingerprint.closure(module).items()}
    rooms = (room for module in modules if (room := module.removeprefix(ROOM)) in registry.modules())
    experiments = [experiment for room in rooms for experiment in registry.defined_in(room)]
    device = devices.pick()
    records = [store.path_of(experiment.preset(), device) for experiment in experiments]
    files = [path for path in (*records, *map(_source_of, direct), *named_files(code, folder)) if path.is_file()]
    known = [(path.name, sha256(path.read_bytes()).hexdigest()) for path in files]
    state = (sorted(modules.items()), known, current_preset())
    return sha256(repr(state).encode()).hexdigest()[:16]


def imported(code: str) -> set[str]:
    """Return the modules of the package that the code imports."""
    found: set[str] = set()
    for node in _walk(code):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.partition(".")[0] == "lecture" and _source_of(name).is_file()}


def experiments_in(code: str) -> list[str]:
    """Return the names of the experiments that the code imports directly."""
    found = {
        name_of(node.module, alias.name)
        for node in _walk(code)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.removeprefix(ROOM).count(".") == 1
        for alias in node.names
        if alias.name[0].isupper() and not alias.name.isupper()
    }
    return sorted(found)


def named_files(code: str, folder: Path) -> list[Path]:
    """Return the files that the code names in a string: what it may load."""
    words = {node.value for node in _walk(code) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    paths = (folder / word for word in sorted(words) if 0 < len(word) < 200 and "\n" not in word and "\0" not in word)
    return [path for path in paths if path.is_file()]


def _walk(code: str) -> Iterator[ast.AST]:
    with suppress(SyntaxError, ValueError):
        yield from ast.walk(ast.parse(code))


def notebook_of(env: BuildEnvironment, docname: str) -> NotebookNode | None:
    """Return a page as the notebook that myst-nb takes it for, whatever its format; None if it is none, or damaged."""
    path, config = Path(env.doc2path(docname)), settings_of(env)
    with suppress(Exception):  # a damaged notebook: myst-nb says so when it reads the page
        text = path.read_text(encoding="utf-8")
        reader = create_nb_reader(str(path), env.myst_config, config, text)  # type: ignore[attr-defined]
        return reader.read(text) if reader else None
    return None


def code_of(notebook: NotebookNode) -> str:
    """Return the code of a notebook as plain Python: ``%magic``, ``!command`` and ``name?`` become calls."""
    from IPython.core.inputtransformer2 import TransformerManager  # here, not above: IPython is large

    plain = TransformerManager()
    return "\n".join(plain.transform_cell(cell.source) for cell in notebook.cells if cell.cell_type == "code")


def outdated(app: Sphinx, env: BuildEnvironment) -> Iterator[str]:
    """Yield the pages whose cells depend on something that has changed."""
    for page, (code, before) in remembered(env, CELLS).items():
        folder = folder_of(env, page)
        may_differ = page in env.found_docs and (not state_of(app).unchanged or named_files(code, folder))
        if may_differ and digest(code, folder) != before:
            yield page


def gallery(app: Sphinx) -> None:
    """Let sphinx-gallery run those scripts again whose imports, records or way of being drawn changed.

    Raises:
        BookError: A script is not Python.
    """
    state, conf = state_of(app), app.config.sphinx_gallery_conf
    sources, target = (Path(app.srcdir) / conf[key] for key in ("examples_dirs", "gallery_dirs"))
    given = sorted((str(path), path.stat().st_mtime_ns) for path in sources.rglob("*") if path.is_file())
    cell = short_digest(conf.get("first_notebook_cell") or "")
    state.gallery = f"{short_digest(repr(given))} {cell}"
    state.unchanged &= str(state.noted("gallery")).endswith(cell)  # every notebook begins with it
    done = state.unchanged and not state.interrupted and (target / "index.rst").exists()
    if done and state.noted("gallery") == state.gallery:
        conf["examples_dirs"], conf["gallery_dirs"] = [], []  # else it looks at every script, which takes a second
        return
    drawing = cache(lambda: digest("import lecture.publishing.drawing.scraper", sources) + cell)
    stale = sum(_is_stale(state, script, target / script.relative_to(sources), drawing)
                for script in sorted(sources.rglob("plot_*.py")))  # fmt: skip
    conf["parallel"] = stale > 1 and conf.get("parallel", False)  # to start workers takes longer than a script
    forget_removed(sources, target)


def _is_stale(state: BuildState, script: Path, copy: Path, drawing: Callable[[], str]) -> bool:
    """Tell whether a script will run, after taking away the mark of one whose inputs changed."""
    text = script.read_text(encoding="utf-8")
    same = copy.exists() and copy.read_text(encoding="utf-8") == text
    stamp, mark, done = copy.with_suffix(".inputs"), copy.with_suffix(".py.md5"), _is_done(copy, state.interrupted)
    if not (done and same and state.unchanged and stamp.exists()):
        try:
            ast.parse(text)
        except SyntaxError as error:
            raise BookError(f"{script}:{error.lineno}: {error.msg}: mend it and build again") from None
        now = digest(text, script.parent) + drawing()
        if not (done and stamp.exists() and stamp.read_text(encoding="utf-8") == now):
            mark.unlink(missing_ok=True)
            copy.parent.mkdir(parents=True, exist_ok=True)
            stamp.write_text(now, encoding="utf-8")
    return not (same and mark.exists())


def _is_done(copy: Path, interrupted: float | None) -> bool:
    """Tell whether sphinx-gallery came to a script's end: it marks it as done shortly before it writes the page."""
    mark, page = copy.with_suffix(".py.md5"), copy.with_suffix(".rst")
    if not (mark.exists() and page.exists()):
        return False
    marked = mark.stat().st_mtime
    return interrupted is None or marked < interrupted or page.stat().st_mtime >= marked


def forget_removed(sources: Path, target: Path) -> None:
    """Delete what sphinx-gallery once made of scripts and folders that are gone; it would stay on the site for ever."""
    for index in target.glob("*/index.rst"):
        if not (sources / index.parent.name).is_dir():
            shutil.rmtree(index.parent)
    for copy in target.rglob("plot_*.py"):
        if not (sources / copy.relative_to(target)).exists():
            for made in [*copy.parent.glob(f"{copy.stem}.*"), *copy.parent.glob(f"images/**/sphx_glr_{copy.stem}_*")]:
                made.unlink()


def settings_of(env: BuildEnvironment) -> NbParserConfig:
    """Return myst-nb's settings."""
    return env.mystnb_config  # type: ignore[attr-defined]


def folder_of(env: BuildEnvironment, page: str) -> Path:
    """Return the folder in which the cells of a page run."""
    return Path(env.doc2path(page)).parent


def _source_of(module: str) -> Path:
    place = Path(lecture.__file__).parent.joinpath(*module.split(".")[1:])
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
