"""The last comparison that the store holds, on a page; and the site's own records, beside the pages."""

import json
import re

import pytest
from tests.toys import Toy

from lecture.records import archive, folder, read

PAGE = "# Again\n\n```{reproduced}\nNobody yet.\n```\n\n```{claim} C10\n```\n\n```{bibliography}\n```\n"
PART = {
    "part": "C10.a", "sameness": "within the interval", "there": "holds", "here": "holds",
    "measured_there": "8.0e-08", "measured_here": "8.1e-08",
}  # fmt: skip
SIDE = {"devices": ["a chip"], "dates": ["2026-11-22"], "versions": ["torch 2.13.0"]}


def told(*parts):
    return json.dumps(
        {"date": "2026-11-30", "source": "records.zip", "there": SIDE, "here": SIDE, "parts": list(parts)}
    )


def test_where_nobody_compared_the_page_says_so(build, cache):
    assert "<p>Nobody yet.</p>" in build(index=PAGE).page()


def test_a_comparison_is_told_and_a_new_one_makes_the_page_anew(build, cache):
    assert "Nobody yet" in build(index=PAGE).page()
    folder.cache().mkdir(parents=True, exist_ok=True)
    (folder.cache() / "reproduced.json").write_text(told(PART))
    built = build()
    assert built.status == 0, built.said
    assert (
        "Last recomputed on 2026-11-30. We compared 1 parts with records.zip, computed 2026-11-22 on a chip"
        in built.page()
    )
    assert "1 within the interval; no verdict came out otherwise" in built.page()
    assert re.search(r'<th scope="row"><p><a[^>]* href="#claim-C10-a"', built.page())
    (folder.cache() / "reproduced.json").write_text(told(PART, PART | {"part": "C10.b", "here": "does not hold"}))
    assert "1 verdict came out otherwise" in build().page()


@pytest.mark.parametrize("spoilt", ["", "{", '{"parts": []}'])
def test_a_spoilt_comparison_is_none(build, cache, spoilt):
    folder.cache().mkdir(parents=True, exist_ok=True)
    (folder.cache() / "reproduced.json").write_text(spoilt)
    assert "Nobody yet" in build(index=PAGE).page()


def test_the_site_offers_its_records(build, cache, evidence):
    read(Toy())
    found = evidence()
    found.provenance.clear()
    found.provenance[Toy.name()] = read(Toy()).attrs["provenance"]
    built = build(found, index="# Title\n")
    assert list(archive.unpack(built.output / "records.zip")) == ["toys.toy/book-cpu.parquet"]


def test_what_it_cost_is_told_by_chapter(build, cache):
    built = build(index="# Cost\n\n```{costs}\n```\n")
    assert "All experiments together, 1, took 3 seconds of one core (a chip)" in built.page()
    assert re.search(r'<th scope="row">Toy</th>\s*<td>3 s</td>', built.page())


@pytest.mark.parametrize(
    ("builder", "page", "link"), [("html", "again", "records.zip"), ("dirhtml", "again/index", "../records.zip")]
)
def test_the_link_to_the_records_leads_beside_the_pages(build, cache, builder, page, link):
    built = build(
        builder=builder, index="# Title\n\n```{toctree}\nagain\n```\n", again="# Again\n\n```{records}\n```\n"
    )
    assert f'<a href="{link}">records.zip</a>' in re.sub(r' class="[^"]*"', "", built.page(page))


def test_on_paper_the_archive_is_named(build, cache):
    built = build(builder="text", index="# Again\n\n```{records}\n```\n")
    assert 'one file, "records.zip", computed 2026-11-22.' in " ".join((built.output / "index.txt").read_text().split())


def test_the_oldest_and_the_newest_record_are_told(build, cache, evidence):
    found = evidence()
    (known,) = found.provenance.values()
    found.provenance["toy.other"] = known | {"date": "2026-11-29T23:59:59"}
    built = build(found, index="# Again\n\n```{records}\n```\n")
    assert "computed 2026-11-22 to 2026-11-29." in built.page()
    assert built.said.count("WARNING") == 0
