"""Tiny Sphinx projects that show toy claims, so that a test takes a second."""

from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict
from lecture.publishing import gathering, memory
from lecture.publishing.evidence import Evidence
from lecture.statistics import Interval

CONFIGURATION = {
    "project": "Toy",
    "extensions": ["myst_nb", "sphinxcontrib.bibtex", "notfound.extension", "lecture.publishing.extension"],
    "bibtex_bibfiles": ["references.bib"],
    "nb_execution_mode": "off",
    "html_theme": "basic",
    "root_doc": "index",
    "lecture_build": "_build",
    "exclude_patterns": ["_build"],
}
LIBRARY = "@article{he2016deep, author={He, Kaiming}, title={Deep}, journal={CVPR}, year={2016}}\n"


def toys(verdict=Verdict.CAVEAT, value=8e-8, surprises=()):
    """Two tested claims, C10 with an interval and a published figure, C09 exact; the others untested."""
    measurements = (
        Measurement(
            "left", "gradient at layer 1", Interval(value, value / 2, value * 2, 10), spec=".1e", colour="sigmoid"
        ),
        Measurement(
            "error",
            "test error",
            Interval(12.5, 11, 14, 10),
            "%",
            ".1f",
            Published(6.4, "he2016deep", "Table 6"),
            "deep",
        ),
    )
    claims = {
        "C10": Claim(id="C10", expected=verdict, why="Ten factors make one.", citations=("he2016deep",)),
        "C09": Claim(id="C09", expected=Verdict.HOLDS),
    }
    findings = {
        "C10": Finding(verdict, measurements, opposite=0.2, scale=("left", "error")),
        "C09": Finding(Verdict.HOLDS, (Measurement("slope", "slope at 8", Interval.exact(3.35e-4), spec=".2e"),)),
    }
    code = {id: {__name__: __file__} for id in claims}
    code["C10"]["lecture.experiments.toy.depth"] = __file__
    provenance = {"toy.depth": {"seeds": list(range(10))}}
    return Evidence(claims=claims, findings=findings, code=code, provenance=provenance, surprises=surprises)


@dataclass
class Built:
    """What a build left: status, what it said, and its pages."""

    folder: Path
    status: int
    said: str
    app: Sphinx

    def page(self, name="index"):
        return (self.folder / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture
def evidence():
    """The toys, with the verdict or the value of C10 changed on demand."""
    return toys


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Build pages given as ``name=text``; what is already in the folder stays, so that a second call is incremental."""
    folder = tmp_path / "toy"
    folder.mkdir()
    (folder / "references.bib").write_text(LIBRARY)

    def run(found=None, **pages):
        monkeypatch.setattr(gathering, "gather", lambda: found or toys())
        monkeypatch.setattr(gathering, "record_files", list)
        monkeypatch.setattr(memory, "recall", lambda place: None)
        for name, text in pages.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        said = StringIO()
        output = folder / "_build"
        with patch_docutils(None), docutils_namespace():
            app = Sphinx(
                folder,
                None,
                output / "html",
                output / "doctrees",
                "html",
                CONFIGURATION,
                status=said,
                warning=said,
                freshenv=False,
            )
            app.build()
        return Built(folder, app.statuscode, said.getvalue(), app)

    return run
