"""Tiny Sphinx projects that show toy claims, so that a test takes a second."""

from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from lecture.claims.assessment import Assessment, PartAssessment
from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest
from lecture.claims.full_scale import AtFull
from lecture.claims.judging import number_of
from lecture.claims.measurement import YEAR, Measurement
from lecture.claims.predicates import Change
from lecture.claims.talk import STATEMENTS
from lecture.claims.verdict import Verdict, of_part
from lecture.publishing import gathering, judging
from lecture.publishing.drawing.svg import standalone
from lecture.statistics import Interval
from lecture.style import DARK, LIGHT

CONFIGURATION = {
    "project": "Toy",
    "copyright": "2026",
    "latex_engine": "xelatex",
    "extensions": ["myst_nb", "sphinxcontrib.bibtex", "notfound.extension", "lecture.publishing.extension"],
    "bibtex_bibfiles": ["references.bib"],
    "nb_execution_mode": "off",
    "html_theme": "basic",
    "root_doc": "index",
    "lecture_build": "_build",
    "exclude_patterns": ["_build"],
}
LIBRARY = "@article{he2016deep, author={He, Kaiming}, title={Deep}, journal={CVPR}, year={2016}}\n"


def judge(depth):
    """Nobody calls it: what it would find is written below."""


class Depth:
    """Stands for an experiment."""


RECORD = {
    "experiment": "toy.depth", "seeds": list(range(10)), "date": "2026-11-22T10:00:00", "seconds": 3.0, "threads": 1,
    "device": "cpu", "device_name": "a chip", "preset": "book", "versions": {}, "python": "3.11",
    "settings": {"width": 4000, "depths": [1, 2, 4, 8], "rates": [0.01, 0.1]},
}  # fmt: skip
TOYS = {
    "C09": Claim(
        id="C09",
        expected=(Verdict.HOLDS,),
        parts=(Part(key="a", quantity=Quantity("slope at 8", spec=".2e"), judge=judge, experiments=(Depth,)),),
    ),
    "C10": Claim(
        id="C10",
        headline="A chain of slopes is nothing; stalling is open",
        expected=(Verdict.HOLDS, Verdict.UNDECIDED),
        why="Ten factors make one.",
        parts=(
            Part(
                key="a",
                quantity=Quantity("gradient at layer 1", "", ".1e", "sigmoid"),
                smallest=Smallest(1e-6, "less is lost in rounding"),
                refuted_by="It is not small.",
                judge=judge,
                experiments=(Depth,),
                published=Reported(Verdict.HOLDS, "he2016deep", "Table 6", "a million photographs", 6.4e-8),
            ),
            Part(
                key="b",
                judge=judge,
                experiments=(Depth,),
                published=Reported(Verdict.FAILS, "he2016deep", says="It trains."),
                note="Too few steps.",
            ),
        ),
    ),
    "C06": Claim(
        id="C06",
        headline="Right",
        expected=(Verdict.HOLDS,),
        parts=(
            Part(
                key="a",
                quantity=Quantity("first use of the words", YEAR, ".0f"),
                published=Reported(Verdict.HOLDS, "he2016deep", "abstract", value=1986),
            ),
        ),
    ),
}


def assessed(claim, preset, *parts):
    """A claim with what was found of its parts; of the others nothing."""
    return Assessment(claim, tuple(p if isinstance(p, PartAssessment) else untested(claim, p) for p in parts), preset)


def untested(claim, part):
    published = part.published.verdict if part.published else None
    return PartAssessment(part, of_part(claim.saying(part.key).kind, None, published))


def at_full(part):
    """What a GPU said of a part, at four times the width."""
    found = Finding(Verdict.IN_PART, Interval(2e-8, 1e-8, 4e-8, 10))
    return AtFull(Verdict.IN_PART, number_of(part, found), "16,000 units, 30 seeds", "a large GPU")


def toys(verdict=Verdict.HOLDS, value=8e-8, preset="toy"):
    """C10 with two parts, one of them open here; C09 exact, C06 a record; the others untested."""
    error = Measurement("error", "test error", Interval(12.5, 11, 14, 10), "%", ".1f", None, "deep")
    left = Interval(value, value / 2, value * 2, 10)
    c09, c10 = TOYS["C09"], TOYS["C10"]
    found = {
        "C09": assessed(
            c09, preset, PartAssessment(c09.parts[0], Verdict.HOLDS, Finding(Verdict.HOLDS, Interval.exact(3.35e-4)))
        ),
        "C10": assessed(
            c10,
            preset,
            PartAssessment(
                c10.parts[0],
                verdict,
                Finding(verdict, left, (2, 93), None, (error,), ("error",)),
                (RECORD,),
                "MNIST-1D, 10 seeds",
                ((20_000, Verdict.HOLDS),),
                at_full=at_full(c10.parts[0]),
            ),
            PartAssessment(
                c10.parts[1],
                Verdict.UNDECIDED,
                Finding(Verdict.UNDECIDED, trained=Interval(0.8, 0.5, 0.9, 10)),
                (RECORD,),
            ),
        ),
    }
    for id in STATEMENTS:
        claim = TOYS.get(id) or Claim(id=id)
        found.setdefault(id, assessed(claim, preset, *claim.parts))
    changed = {"C10.a": Change("2026-11-20", True, "", "Two seeds were added.")}
    return replace(judging.from_assessments([found[id] for id in STATEMENTS]), changes=changed)


SVG = (
    '<svg class="plot" viewBox="0 0 518.4 273.6" width="518.4" height="273.6" role="img" '
    'aria-label="A line &amp; 3 dots.">'
    '<path stroke="var(--sigmoid)" d="M 0 0"/><text fill="var(--ink-2)">axislabel</text></svg>'
)
ORPHAN = "---\norphan: true\n---\n"


def draw(book, script, about, number=1, picture=SVG):
    """Leave what sphinx-gallery and the scraper leave of a script: its page, and the files of a figure."""
    chapter, stem = script.split("/")
    folder = book / "gallery" / chapter
    (folder / "images").mkdir(parents=True, exist_ok=True)
    title = about.partition("\n")[0]
    if number == 1:
        (folder / f"{stem}.py").write_text(f'"""\n{about}\n"""\n')
        shown = f"gallery-figure:: gallery/{chapter}/images/sphx_glr_{stem}_001"
        text = f"{ORPHAN}# {title}\n\n    codeword = 1\n\n```{{eval-rst}}\n.. {shown}\n```\n"
        (folder / f"{stem}.md").write_text(text)
    name = folder / "images" / f"sphx_glr_{stem}_{number:03}"
    for kind in ("wide", "narrow"):
        name.with_suffix(f".{kind}.svg").write_text(picture)
    for kind, theme in (("light", LIGHT), ("dark", DARK)):
        name.with_suffix(f".{kind}.svg").write_text(standalone(picture, theme))
    name.with_suffix(".csv").write_text("x\n1\n")
    name.with_suffix(".png").write_bytes(b"\x89PNG")


@dataclass
class Built:
    """What a build left: status, what it said, and its pages."""

    folder: Path
    status: int
    said: str
    app: Sphinx

    @property
    def output(self):
        return self.folder / "_build" / self.app.builder.name

    def page(self, name="index"):
        return (self.output / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture
def evidence():
    """The toys, with the verdict or the value of C10 changed on demand."""
    return toys


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Build pages given as ``name=text``; what is already in the folder stays, so that a second call is incremental.

    ``build(evidence, builder="latex", settings={"html_theme": ...}, index="# Title")``; ``build.folder`` has the pages.
    """
    folder = tmp_path / "toy"
    folder.mkdir()
    (folder / "references.bib").write_text(LIBRARY)

    def run(found=None, builder="html", settings=None, outdir=None, jobs=1, **pages):
        monkeypatch.setattr(judging, "judge", lambda: found or toys())
        monkeypatch.setattr(judging, "record_files", list)
        monkeypatch.setattr(gathering, "recall", lambda place: None)
        for name, text in pages.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        said = StringIO()
        output = folder / "_build"
        with patch_docutils(None), docutils_namespace():
            app = Sphinx(
                folder,
                None,
                outdir or output / builder,
                folder.parent / "doctrees",
                builder,
                CONFIGURATION | (settings or {}),
                status=said,
                warning=said,
                freshenv=False,
                parallel=jobs,
            )
            app.build()
        return Built(folder, app.statuscode, said.getvalue(), app)

    run.folder = folder
    return run
