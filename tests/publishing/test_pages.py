"""Roles and directives on tiny pages, read as a reader's browser would get them."""

import json
import re
from dataclasses import replace

import pytest
from sphinx.errors import SphinxError

from lecture.claims.claim import PartFinding, Verdict
from lecture.publishing import numbers, structured

PAGE = "# Toy\n\n{}\n\n```{{bibliography}}\n```\n"


def plain(html):
    """The page's text, with ordinary spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace(numbers.SPACE, " ").split())


def test_numbers_in_prose(build):
    built = build(
        index=PAGE.format("Left: {measured}`C10.left`, that is {interval}`C10.left`; exact {measured}`C09.slope`.")
    )
    assert built.status == 0, built.said
    assert "Left: 8.0 × 10⁻⁸ , that is 4.0 × 10⁻⁸ to 1.6 × 10⁻⁷ ; exact 3.35 × 10⁻⁴ ." in plain(built.page())
    title = re.search(r'<span class="num" title="([^"]*)"', built.page())[1].replace(numbers.SPACE, " ")
    assert title == "gradient at layer 1: 95 % interval 4.0 × 10⁻⁸ to 1.6 × 10⁻⁷, 10 seeds"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{measured}`C10.lost`", "claim C10 has no number 'lost': its keys are left, error"),
        ("{interval}`C31.left`", "there is no claim 'C31'"),
        ("{measured}`C10`", "lacks a key"),
        ("{measured}`C20.any`", "claim C20 is not tested yet"),
        ("{verdict}`C99`", "there is no claim 'C99'"),
        ("```{claim} C00\n```", "there is no claim 'C00'"),
        ("```{gallery} history/plot_none\n```", "gallery/history/plot_none.py does not exist"),
    ],
)
def test_a_mistake_names_page_and_line_publishes_nothing_and_is_told_again(build, text, complaint):
    page = PAGE.format("Fine.\n\n" + text)
    for _ in range(2):
        built = build(index=page)
        assert built.status == 1
        assert re.search(rf"index\.md:5: ERROR: .*{re.escape(complaint)}", built.said)
        assert "not published because of a warning" in built.said
        assert not (built.folder / "_build/html/index.html").exists()


def test_only_the_smoke_preset_may_lack_a_number(build, evidence):
    partial = replace(evidence(), partial=True)
    built = build(partial, index=PAGE.format("At depth 1000: {measured}`C10.depth_1000`."))
    assert built.status == 0, built.said
    assert "At depth 1000: – ." in plain(built.page())


def test_the_card_says_what_the_record_says(build):
    built = build(index=PAGE.format("```{claim} C10\n```"), ledger="---\norphan: true\n---\n# L\n\n```{ledger}\n```\n")
    card = re.search(r"<section.*?</section>", built.page(), re.DOTALL)[0]
    text = plain(card)
    assert 'class="claim verdict verdict-caveat"' in card
    assert 'aria-label="Claim C10: holds with a caveat"' in card
    for words in (
        "3:38 in the talk", "◐ holds with a caveat", "small gradients multiplied over many layers come to nothing",
        "8.0 × 10⁻⁸", "12.5 %", "11.0 to 14.0 %", "◇ published 6.4 %", "Ten factors make one.",
        "10 seeds, 95 % intervals", "2 of 10 single runs would have told you otherwise",
    ):  # fmt: skip
        assert words in text
    assert 'href="ledger.html#C10"' in card
    assert 'href="code/C10.html"' in card
    assert re.search(r'href="#[^"]+" title="Kaiming He', card)


def test_the_card_counts_the_seeds_that_ran_not_what_an_interval_counts(build, evidence):
    toys = evidence()
    runs = [replace(m, interval=replace(m.interval, n=93)) for m in toys.findings["C10"].measurements]
    toys.findings["C10"] = replace(toys.findings["C10"], measurements=tuple(runs))
    text = plain(build(toys, index=PAGE.format("```{claim} C10\n```\n\n```{claim} C09\n```")).page())
    assert "10 seeds, 95 % intervals" in text
    assert "2 of 10 single runs" in text
    assert "93" not in text
    assert "Exact: nothing random is involved" in text


def test_a_claim_not_tested_yet_says_so(build):
    text = plain(build(index=PAGE.format("```{claim} C20\n```")).page())
    assert "not yet tested" in text
    assert "No experiment tests this yet" in text


def test_ledger_and_tally(build):
    built = build(index=PAGE.format("```{ledger}\n```\n\n```{outcomes}\n```\n\n{verdict}`C09`"))
    page = built.page()
    assert re.findall(r'<tr[^>]* id="(C\d\d)"', page) == [f"C{n:02}" for n in range(1, 31)]
    assert page.count('data-verdict="untested"') == 28
    assert "Of 30 claims 1 holds, 1 holds with a caveat, 28 are not yet tested." in plain(page)
    widths = [float(w) for w in re.findall(r'<rect class="verdict[^>]*width="([\d.]+)%"', page)]
    assert sum(widths) == pytest.approx(100, abs=0.01)
    assert re.search(r'<a class="[^"]*verdict-holds[^"]*" href="ledger.html#C09"', page)


def test_the_code_page_shows_the_predicate(build):
    built = build(index=PAGE.format("```{claim} C10\n```"))
    assert "Two tested claims, C10 with an interval" in plain(built.page("code/C10")).replace(" . ", ".")


def test_only_pages_that_show_a_changed_claim_are_read_again(build, evidence):
    ledger = "---\norphan: true\n---\n# L\n\n```{ledger}\n```\n"
    other = "---\norphan: true\n---\n# Other\n\n{measured}`C09.slope`\n"
    pages = {"index": PAGE.format("{measured}`C10.left`"), "ledger": ledger, "other": other}
    build(**pages)
    assert "0 added, 0 changed, 0 removed" in build().said
    changed = build(evidence(value=2e-5))
    assert "0 added, 2 changed, 0 removed" in changed.said
    assert "2.0 × 10⁻⁵" in plain(changed.page())
    assert "2.0 × 10⁻⁵" in plain(changed.page("ledger"))


def test_an_unexpected_verdict_stops_the_build_and_names_the_prose(build, evidence):
    text = PAGE.format("Some prose.\n\n```{claim} C10\n```")
    with pytest.raises(SphinxError) as caught:
        build(evidence(Verdict.FAILS, surprises=("C10",)), index=text)
    line = str(caught.value).replace(numbers.SPACE, " ")
    assert "claim C10 measured 'does not hold here'" in line
    assert "gradient at layer 1 8.0 × 10⁻⁸" in line
    assert "its prose is at toy/index.md:5" in line
    assert "\n" not in line


def test_a_second_build_beside_the_first_is_refused(build):
    from filelock import FileLock

    folder = build(index="# Toy\n").folder
    with FileLock(folder / "_build" / ".lock"), pytest.raises(SphinxError, match="another build is using"):
        build()
    assert build().status == 0


def test_after_a_killed_build_everything_is_read_again(build):
    folder = build(index="# Toy\n").folder
    (folder / "_build" / ".building").touch()
    assert "1 added, 0 changed, 0 removed" in build().said
    assert not (folder / "_build" / ".building").exists()


def test_a_page_that_is_gone_leaves_the_site(build):
    folder = build(index="# Toy\n", old="---\norphan: true\n---\n# Old\n").folder
    assert (folder / "_build/html/old.html").exists()
    (folder / "old.md").unlink()
    (folder / "index.md").write_text("# Toy\n\nNew.\n")
    build()
    assert not (folder / "_build/html/old.html").exists()
    assert (folder / "_build/html/search.html").exists()
    assert (folder / "_build/html/code/C10.html").exists()
    build()
    assert (folder / "_build/html/search.html").exists()


def test_the_signs_stand_by_chapter_and_lead_to_the_cards(build):
    history = "---\norphan: true\n---\n# Before\n"
    page = build(index=PAGE.format("```{verdicts}\n```"), history=history).page()
    rows = re.findall(r"<li>(.*?)</li>", re.search(r'<ul class="verdicts">.*?</ul>', page, re.DOTALL)[0], re.DOTALL)
    assert len(rows) == 8
    assert 'href="history.html">Before</a>' in rows[0]
    assert re.findall(r'href="history.html#claim-(C\d\d)"', rows[0]) == [f"C{n:02}" for n in range(1, 8)]
    assert plain(rows[1]).startswith("gradient_vanishing · C08 ✓ C09 ◐ C10")
    assert 'title="holds: The sigmoid is flat' in rows[1]


LEDGER = "---\norphan: true\n---\n# L\n\n```{ledger}\n```\n"


def test_the_ledger_offers_only_what_it_has(build):
    page = build(index=PAGE.format("x"), ledger=LEDGER).page("ledger")
    offered = re.findall(r'type="radio" value="(\w+)"|value="(\w+)"', page)
    values = {a or b for a, b in offered}
    assert {"all", "holds", "caveat", "untested", "history"} <= values
    assert not {"fails", "cited"} & values
    assert "</input>" not in page


def test_the_outline_tells_the_whole_talk_in_its_order(build):
    page = build(index=PAGE.format("```{outline}\n```"), gradient_vanishing="---\norphan: true\n---\n# G\n").page()
    times = re.findall(r"<time>(\d+):(\d\d)</time>", page)
    assert len(times) == 30
    assert times == sorted(times, key=lambda time: 60 * int(time[0]) + int(time[1]))
    assert 'href="gradient_vanishing.html#claim-C10"' in page


def test_a_card_of_parts_lists_them_and_a_part_can_be_quoted(build, evidence):
    toys = evidence()
    parts = (PartFinding("one", "little data", Verdict.HOLDS, Verdict.HOLDS),)
    toys.findings["C10"] = replace(toys.findings["C10"], parts=parts)
    built = build(
        toys, index=PAGE.format("```{claim} C10\n```\n\nSo {verdict}`C10.one`, see {card}`C10`."), ledger=LEDGER
    )
    assert "little data ✓ holds" in plain(built.page())
    assert "So ✓ holds , see C10 ." in plain(built.page())
    lost = build(toys, index=PAGE.format("{verdict}`C10.two`"), ledger=LEDGER)
    assert "claim C10 has no part 'two': its parts are one" in lost.said


def test_machines_read_the_verdicts_and_how_to_cite(build):
    built = build(index=PAGE.format("```{claim} C10\n```"), ledger=LEDGER)
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', built.page())
    review = json.loads(found)["review"][0]
    assert review["@type"] == "ClaimReview"
    assert review["reviewRating"]["alternateName"] == "holds with a caveat"


def test_a_page_is_cited_by_title_book_and_version(build):
    built = build(index=PAGE.format("x"))
    (built.folder.parent / "CITATION.cff").write_text(
        "authors: [{name: A}, {name: B}]\nversion: 1.2.0\ndate-released: '2026-11-22'\n"
    )
    found = structured.citation(built.app, "GPU", "https://o.github.io/n/gpu.html")
    assert (
        found["text"]
        == f"A and B (2026). GPU. In: {built.app.config.html_title}. Version 1.2.0. https://o.github.io/n/gpu.html"
    )
    assert "author = {{A and B}}" in found["bibtex"]
