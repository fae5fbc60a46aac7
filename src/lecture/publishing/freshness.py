"""Caches that notice what they depend on: chapters and gallery scripts run again when what they import changed.

Left alone, jupyter-cache looks at the cells' text only, and sphinx-gallery at the script's. Both keep their old output
when the package or the records behind it change.
"""

import ast
import re
import shutil
from hashlib import sha256
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

import lecture
from lecture.publishing.per_page import remembered, short_digest

_CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_OPTIONS = re.compile(r"\A(?:---\n.*?^---\n|(?:^:[^\n]*\n)*)", re.DOTALL | re.MULTILINE)

_log = logging.getLogger(__name__)


def digest(code: str) -> str:
    """Return what decides a script's output besides its own text: the source it imports, and the records of that."""
    from lecture import devices  # here, not above: torch takes longer to import than an unchanged book to build
    from lecture.experiments import registry
    from lecture.experiments.experiment import current_preset
    from lecture.records import fingerprint, store

    modules = {name: value for module in sorted(imported(code)) for name, value in fingerprint.closure(module).items()}
    names = (name for module in modules if (name := _experiment(module)) in registry.names())
    experiments = [experiment for name in names if (experiment := registry.defined_in(name))]
    device = devices.pick()
    records = [_file_digest(store.path_of(experiment.preset(), device)) for experiment in experiments]
    return sha256(repr((sorted(modules.items()), records, current_preset())).encode()).hexdigest()[:16]


def imported(code: str) -> set[str]:
    """Return the modules of the package that the code imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.partition(".")[0] == "lecture" and _is_module(name)}


def experiments_in(code: str) -> list[str]:
    """Return the names of the experiments that the code imports directly."""
    names = (_experiment(module) for module in sorted(imported(code)) if module.startswith("lecture.experiments."))
    return [name for name in names if name.count(".") == 1]


def cells(page: str) -> str:
    """Return the code of a page's executed cells, without their options and notebook magic."""
    if "file_format: mystnb" not in page:
        return ""
    found = (_OPTIONS.sub("", cell, count=1) for cell in _CELL.findall(page))
    return "\n".join(line for cell in found for line in cell.splitlines() if not line.lstrip().startswith(("%", "!")))


def gallery(app: Sphinx) -> None:
    """Let sphinx-gallery run those scripts again whose imports, records or way of being drawn changed."""
    sources, target = (
        Path(app.srcdir) / app.config.sphinx_gallery_conf[key] for key in ("examples_dirs", "gallery_dirs")
    )
    drawing = "" if app.lecture_unchanged else digest("import lecture.publishing.scraper")  # type: ignore[attr-defined]
    for script in sorted(sources.rglob("plot_*.py")):
        copy = target / script.resolve().relative_to(sources.resolve())
        stamp = copy.with_suffix(".inputs")
        if app.lecture_unchanged and stamp.exists() and copy.with_suffix(".rst").exists():  # type: ignore[attr-defined]
            continue
        now = digest(script.read_text(encoding="utf-8")) + drawing
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != now or not copy.with_suffix(".rst").exists():
            copy.with_suffix(".py.md5").unlink(missing_ok=True)
            copy.parent.mkdir(parents=True, exist_ok=True)
            stamp.write_text(now, encoding="utf-8")
    _forget_removed(sources, target)


def _forget_removed(sources: Path, target: Path) -> None:
    """Delete what sphinx-gallery once made of scripts that are gone; it would stay on the site for ever."""
    for copy in target.rglob("plot_*.py"):
        if not (sources / copy.relative_to(target)).exists():
            for made in [*copy.parent.glob(f"{copy.stem}.*"), *copy.parent.glob(f"images/**/sphx_glr_{copy.stem}_*")]:
                made.unlink()


def forget_gallery(app: Sphinx) -> None:
    """Let sphinx-gallery run everything again: the last build was killed, and nobody knows how far it came."""
    for mark in (Path(app.srcdir) / app.config.sphinx_gallery_conf["gallery_dirs"]).rglob("*.py.md5"):
        mark.unlink()


def outdated(app: Sphinx, env: BuildEnvironment, *_: set[str]) -> list[str]:
    """Tell Sphinx which pages have cells whose imports or records changed."""
    if app.lecture_unchanged:  # type: ignore[attr-defined]
        return []
    stamps = _stamps(env)
    return [page for page, before in stamps.items() if page in env.found_docs and _page_digest(env, page) != before[1]]


def choose_cache(app: Sphinx, docname: str, content: list[str]) -> None:
    """Give the page about to be read a notebook cache of its own, named by what its cells depend on."""
    stamps = _stamps(app.env)
    before = stamps.pop(docname, None)
    if not (code := cells(content[0])):
        return
    same = app.lecture_unchanged and before and before[0] == short_digest(code)  # type: ignore[attr-defined]
    now = before[1] if same and before else digest(code)
    stamps[docname] = (short_digest(code), now)
    folder = cache_of(app, docname, now)
    for old in folder.parent.glob("*"):
        if old.name != now:
            shutil.rmtree(old, ignore_errors=True)
    app.env.mystnb_config = app.env.mystnb_config.copy(execution_cache_path=str(folder))  # type: ignore[attr-defined]


def cache_of(app: Sphinx, docname: str, now: str) -> Path:
    """Return the folder of a page's notebook cache while its cells depend on ``now`` (see :func:`digest`)."""
    return Path(app.config.lecture_build) / ".executed" / docname / now


def _page_digest(env: BuildEnvironment, page: str) -> str:
    return digest(cells(Path(env.doc2path(page)).read_text(encoding="utf-8")))


def _stamps(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    return remembered(env, "lecture_cells")


def _experiment(module: str) -> str:
    return module.removeprefix("lecture.experiments.")


def _is_module(name: str) -> bool:
    place = Path(lecture.__file__).parent.joinpath(*name.split(".")[1:])
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def _file_digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
