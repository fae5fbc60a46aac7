"""The Sphinx extension: what happens when, during a build. Each event is connected once, here, in the order of a build.

``configured`` → ``prepared`` → (sphinx-gallery runs its scripts) → ``outdated`` → ``executed`` → for each page ``read``
→ ``updated`` → for each page ``resolved`` and ``dressed`` → ``collected`` → ``finished``.
"""

import json
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

import lecture
from lecture.publishing import caches, evidence, executing, gathering, patches, places, staging, state
from lecture.publishing.directives import (
    alexnet_trained,
    bets,
    cards,
    chapters,
    costs,
    elements,
    exercises,
    explorables,
    figures,
    files,
    if_measured,
    laboratory,
    ledger,
    outcomes,
    pictures,
    plain,
    provenance,
    reference,
    reproduced,
    roles,
    slides,
)
from lecture.publishing.site import (
    address,
    archive,
    bundle,
    card,
    citations,
    ebook,
    explained,
    formulas,
    frame,
    head,
    notebooks,
    one_page,
    outputs,
    passages,
    sitemap,
    sources,
)
from lecture.publishing.state import BookError, has_begun, state_of

TRANSFORMS = (
    elements.BuildLate, explorables.OnlyOnPages, figures.NumberFigures, files.FoldFiles, pictures.Inline,
    plain.OffScreen, plain.PlainCaptions, formulas.KeepPunctuation, one_page.NameOnce,
)  # fmt: skip
FIRST, LAST = 0, 950  # priorities of event handlers; Sphinx's default is 500

DIRECTIVES = {
    "alexnet-trained": alexnet_trained.AlexnetTrained,
    "bet": bets.Bet, "chapters": chapters.Chapters, "claim": cards.ClaimCard, "costs": costs.Costs,
    "explorable": explorables.Explore,
    "figures": figures.FigureList,
    "gallery": figures.Gallery, "gallery-figure": figures.GalleryFigure, "if-measured": if_measured.IfMeasured,
    "disagreements": outcomes.Disagreements, "exercises": exercises.ExerciseList,
    "experiments": laboratory.Experiments, "ledger": ledger.Ledger, "outcomes": outcomes.Outcomes,
    "outline": chapters.Outline, "provenance": provenance.Provenance, "reference": reference.Reference,
    "records": reproduced.Records,
    "reproduced": reproduced.Reproduced, "slide": slides.Slide, "verdicts": ledger.Verdicts,
}  # fmt: skip


def configured(app: Sphinx, config: Config) -> None:
    """Refuse a build of the wrong folder, and take the build folder."""
    source = Path(app.srcdir)
    if (source / "book" / "_toc.yml").exists():
        raise BookError(f"the sources are in {source.name}/book: run 'jupyter-book build book' in {source}")
    config.version = config.version or lecture.__version__  # an e-book must have one
    if place := os.environ.get("LECTURE_CACHE"):  # pages and scripts run in other folders and need the same records
        os.environ["LECTURE_CACHE"] = str(Path(place).expanduser().absolute())
    config.lecture_build = str((source / config.lecture_build).resolve())
    patches.let_read_in_parallel(app)
    address.apply(app, config)
    formulas.configure(config)
    if "nb_execution_cache_path" in config and not config.nb_execution_cache_path:  # else beside where we write
        config.nb_execution_cache_path = f"{config.lecture_build}/.jupyter_cache"
    found = staging.begin(app)
    citations.recall(found.note("citations"))
    config.bibtex_tooltips = False  # a popover says it, and weighs nothing until then
    if (
        found.alone
    ):  # its own figures are drawn already, or it says so; other pages and the sources it cites are not there
        config.sphinx_gallery_conf |= {"examples_dirs": [], "gallery_dirs": []}
        config.suppress_warnings = [*config.suppress_warnings, "ref", "bibtex.key_not_found", "myst.xref_missing"]
    if os.environ.get("LECTURE_PRESET") == "smoke":
        told = "Built with the smoke preset: the numbers only show that everything runs."
        options = config.html_theme_options
        options["announcement"] = " ".join(filter(None, (options.get("announcement"), told)))


def prepared(app: Sphinx) -> None:
    """Before sphinx-gallery starts: records, verdicts, and which scripts must run again."""
    try:
        staging.stage(app)
        gathering.gather(app)
        if "sphinx_gallery_conf" in app.config and app.config.sphinx_gallery_conf.get("examples_dirs"):
            caches.gallery(app)
    except BookError:
        staging.release(app, done=False)
        raise


def outdated(app: Sphinx, env: BuildEnvironment, *_: set[str]) -> list[str]:
    """Name the pages to read again, besides those whose sources changed."""
    return [
        *evidence.outdated(env), *caches.outdated(app, env), *staging.troubled(app, env), *bundle.outdated(app),
    ]  # fmt: skip


def executed(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run the cells of the pages that will be read."""
    executing.execute(app, env, docnames)


def purged(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page that is read again, or gone."""
    state.forget(env, docname)


def merged(app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    """Take over what another process has read."""
    state.merge(env, docnames, other)


def read(app: Sphinx, doctree: nodes.document) -> None:
    """Complete a page that was read, before Sphinx collects its pictures."""
    patches.drop_tags(doctree)
    pictures.replace(app, doctree)
    outputs.check(app, doctree)
    provenance.fill(app, doctree)


def updated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """When all is read: name the pages to write again, though they were not."""
    places.keep_scripts_out_of_search(env)
    again = places.places(env).moved(app.builder.name)
    staging.writing(app)
    return env.found_docs if state_of(app).unwritten or frame.changed(app, env) else again


def resolved(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Complete a page when its references are resolved; this process sees it, whichever one then writes it."""
    state_of(app).written.add(docname)
    notebooks.offer_colab(app, doctree, docname)


def dressed(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None) -> None:
    """Look at a page before it is written: after everybody else, since it takes away and adds last."""
    state_of(app).written.add(page)
    sitemap.no_address(page, context)
    passages.write(app, page, tree)
    head.describe(app, page, context, tree)
    patches.mend(context)
    bundle.dress(app, page, context)
    explorables.load(app, context)
    ebook.strip(app, context)


def collected(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages that have no source."""
    yield from sources.pages(app)


def finished(app: Sphinx, error: Exception | None) -> None:
    """Complete the site and publish it."""
    if not has_begun(app):
        return
    found = state_of(app)
    if error is None and app.builder.format == "html":
        explained.write(app)
        bundle.finish(app)
        card.write(app)
        sitemap.write(app)
        archive.write(app)
        address.where_servers_look(app)
        passages.forget_gone(app)
        frame.note(app)
        citations.remember(found.note("citations"))
        found.note("gallery").write_text(json.dumps(found.gallery))
    staging.finish(app, error)


def version() -> int:
    """Return a number that changes with the code of this package: pages that other code made are then read again."""
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    return int.from_bytes(sha256(b"".join(path.read_bytes() for path in sources)).digest()[:4])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything."""
    patches.apply()
    app.add_config_value("lecture_build", "../_build", "", str)
    app.add_config_value("lecture_draft", False, "", bool)
    app.add_config_value("lecture_address", "", "html", str)
    app.add_config_value("lecture_repository", "", "", str)  # derived, for templates
    for part in (elements, pictures, provenance, roles):
        part.add_nodes(app)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    for name, role in roles.ROLES.items():
        app.add_role(name, role())
    app.add_domain(places.Places)
    app.add_builder(ebook.Ebook, override=True)
    for transform in TRANSFORMS:
        app.add_post_transform(transform)
    app.add_transform(exercises.AnchorExercises)
    app.add_html_math_renderer("mathml", (formulas.inline, None), (formulas.block, None))
    app.connect("config-inited", configured, priority=FIRST)
    app.connect("builder-inited", prepared, priority=FIRST)
    app.connect("env-get-outdated", outdated)
    app.connect("env-before-read-docs", executed)
    app.connect("env-purge-doc", purged)
    app.connect("env-merge-info", merged)
    app.connect("doctree-read", read, priority=100)
    app.connect("env-updated", updated)
    app.connect("doctree-resolved", resolved)
    app.connect("html-page-context", dressed, priority=LAST)
    app.connect("html-collect-pages", collected)
    app.connect("build-finished", finished, priority=LAST)
    return {
        "version": lecture.__version__,
        "env_version": version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
