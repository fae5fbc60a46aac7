"""What a build publishes, removes, writes again and refuses."""

import json

import pytest
from sphinx.errors import SphinxError

TWO = "# Toy\n\n```{toctree}\nother\n```\n"


def test_only_what_a_build_made_is_removed_by_the_next(build):
    site = build(index=TWO, other="# Other\n", third="---\norphan: true\n---\n# Third\n").folder / "_build" / "html"
    for mine in ("CNAME", "old/notes.txt", ".doctrees/index.doctree", "third/kept.txt"):
        (site / mine).parent.mkdir(parents=True, exist_ok=True)
        (site / mine).write_text("mine")
    (build.folder / "third.md").unlink()
    build(index=TWO + "\nMore.\n")
    assert not (site / "third.html").exists()
    for mine in ("CNAME", "old/notes.txt", ".doctrees/index.doctree", "third/kept.txt"):
        assert (site / mine).read_text() == "mine"


def test_a_new_title_is_in_the_navigation_of_every_page(build):
    theme = {"html_sidebars": {"index": ["globaltoc.html"]}}
    assert "Other" in build(settings=theme, index=TWO, other="# Other\n").page()
    built = build(settings=theme, other="# Renamed\n")
    assert "Renamed" in built.page()
    assert "0 added, 1 changed, 0 removed" in built.said


def test_an_unchanged_toy_writes_nothing(build):
    build(index=TWO, other="# Other\n")
    assert "no targets are out of date" in build().said


def test_a_mended_warning_has_only_its_own_page_read_again(build):
    assert build(index=TWO, other="# Other\n", third="---\norphan: true\n---\n# Third\n").status == 0
    for _ in range(2):  # it is told at every build, and nothing else is read
        built = build(other="# Other\n\n[gone](#nowhere)\n")
        assert built.status == 1
        assert "not published because of a warning" in built.said
    assert "0 added, 1 changed, 0 removed" in built.said
    built = build(other="# Other\n\nMended.\n")
    assert built.status == 0
    assert "0 added, 1 changed, 0 removed" in built.said
    assert "Mended." in built.page("other")


def test_a_draft_is_published_with_its_warnings(build):
    built = build(index="# Toy\n\n[gone](#nowhere)\n", settings={"lecture_draft": True})
    assert built.status == 0
    assert "a draft, because of a warning" in built.said
    assert "gone" in built.page()


def test_another_builder_does_not_write_into_the_site(build):
    site = build(index="# Toy\n").folder / "_build" / "html"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    with pytest.raises(SphinxError, match=r"pdfhtml would overwrite the site in .*--path-output"):
        build(builder="singlehtml", outdir=site)
    assert build(builder="linkcheck", outdir=site, settings={"linkcheck_report_timeouts_as_broken": False}).status == 0
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_a_damaged_note_of_the_last_build_is_no_note(build):
    folder = build(index="# Toy\n").folder
    (folder / "_build" / ".troubled").write_text('["ind')
    assert build().status == 0
    assert json.loads((folder / "_build" / ".troubled").read_text()) == []


def test_a_build_folder_where_nobody_can_write_is_told_in_a_line(build):
    (build.folder / "_build").write_text("a file")
    with pytest.raises(SphinxError, match="cannot write to"):
        build(index="# Toy\n", outdir=build.folder / "elsewhere")
