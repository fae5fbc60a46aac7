"""Roles and directives on tiny pages, read as a reader's browser would get them."""

import json
import re
from dataclasses import replace

import pytest
from sphinx.errors import SphinxError

from lecture.claims.talk import STATEMENTS
from lecture.claims.verdict import Verdict
from lecture.publishing.directives import numbers
from lecture.publishing.site import head

PAGE = "# Toy\n\n{}\n\n```{{bibliography}}\n```\n"
CARDS = "---\norphan: true\n---\n# Cards\n\n```{claim} C09\n```\n\n```{claim} C10\n```\n"
LEDGER = "---\norphan: true\n---\n# L\n\n```{ledger}\n```\n"


def plain(html):
    """The text that a page shows, with ordinary spaces."""
    html = re.sub(r"<(\w+) (?:hidden|class=\"remembered\")>.*?</\1>", " ", html)
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace(numbers.SPACE, " ").split())


def test_numbers_in_prose(build):
    built = build(index=PAGE.format("Left: {measured}`C10.a`, that is {interval}`C10.a`; exact {measured}`C09.a`."))
    assert built.status == 0, built.said
    assert "Left: 8.0 × 10⁻⁸ , that is 4.0 × 10⁻⁸ to 1.6 × 10⁻⁷ ; exact 3.35 × 10⁻⁴ ." in plain(built.page())
    number = r'<span class="num" role="button" tabindex="(.*?)" data-of="(.*?)">[^<]*<span hidden>([^<]*)</span></span>'
    told = re.findall(number, built.page().replace(numbers.SPACE, " "))
    spread = "gradient at layer 1: 95 % interval 4.0 × 10⁻⁸ to 1.6 × 10⁻⁷, n = 10"
    # what is said again is no second stop
    assert told == [("0", "C10-a", spread), ("-1", "C10-a", spread), ("0", "C09-a", "slope at 8: exact")]


def test_a_number_in_a_heading_or_a_link_explains_nothing(build):
    built = build(index="# Toy\n\n## Only {measured}`C10.a`\n\n[at {measured}`C09.a`](https://example.org)\n")
    assert built.status == 0, built.said
    assert "Only 8.0 × 10⁻⁸" in plain(built.page())
    assert "at 3.35 × 10⁻⁴" in plain(built.page())
    assert 'class="num"' not in built.page()
    assert "95 % interval" not in built.page().replace(numbers.SPACE, " ")


def test_what_a_translation_must_leave_alone_says_so(build):
    built = build(index=PAGE.format("A `name`.\n\n```python\nname = 1\n```\n\n```{claim} C10\n```"))
    assert built.status == 0, built.said
    for start in ('<code class="docutils literal"', '<div class="highlight-python"'):
        assert f'{start} translate="no">' in built.page()
    assert '<code translate="no">lecture run' in built.page()
    assert "notranslate" not in built.page()


def test_numbers_of_others_and_settings_in_prose(build):
    built = build(
        index=PAGE.format(
            "Reported: {published}`C10.a`, named in {published}`C06.a`; {cited}`alexnet.NEURONS` neurons, or"
            " {cited}`alexnet.NEURONS:.1e`; {setting}`toy.depth.width` examples, {setting}`toy.depth.depths` layers,"
            " rates {setting}`toy.depth.rates`, or {setting}`toy.depth.rates:.2f`."
        )
    )
    assert built.status == 0, built.said
    text = plain(built.page())
    assert "Reported: 6.4 × 10⁻⁸ , named in 1986 ; 650,000 neurons, or 6.5 × 10⁵; 4,000 examples, 1 to 8 layers" in text
    assert "rates 0.01 and 0.1, or 0.01 and 0.10." in text
    assert "<span hidden>gradient at layer 1: He 2016, Table 6</span>" in built.page()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{measured}`C10.lost`", "claim C10 has no number 'lost': its keys are a, error"),
        ("{interval}`C31.left`", "there is no claim 'C31'"),
        ("{measured}`C10`", "lacks a key"),
        ("{measured}`C20.any`", "claim C20 has no number 'any': its keys are none yet"),
        ("{verdict}`C99`", "there is no claim 'C99'"),
        ("{verdict}`C10.z`", "claim C10 has no part 'z': its parts are a, b"),
        ("{published}`C10.b`", "C10.b has no published value"),
        ("{published}`C10.error`", "C10.error has no published value"),
        ("{cited}`alexnet.LOST`", "lecture.data.literature has no alexnet.LOST"),
        ("{cited}`lost.NEURONS`", "lecture.data.literature has no lost.NEURONS"),
        ("{cited}`alexnet.NEURONS:q`", "Unknown format code 'q'"),
        ("{setting}`toy.lost.width`", "there is no experiment 'toy.lost'"),
        ("{setting}`toy.depth.lost`", "toy.depth has no setting 'lost': it has width, depths, rates"),
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
    built = build(evidence(preset="smoke"), index=PAGE.format("At depth 1000: {measured}`C10.depth_1000`."))
    assert built.status == 0, built.said
    assert "At depth 1000: – ." in plain(built.page())


def test_the_card_says_what_the_record_says(build):
    built = build(index=PAGE.format("```{claim} C10\n```"), ledger=LEDGER)
    card = re.search(r"<section.*?</section>", built.page(), re.DOTALL)[0]
    text = plain(card)
    assert 'class="claim verdict verdict-in_part"' in card
    assert 'aria-label="Claim C10: holds in part"' in card
    told = [
        "C10 3:38 in the talk ◐ holds in part", "many small gradients multiplied are basically 0",
        "A chain of slopes is nothing; stalling is open", "Undecided here, decided at scale: part b",
        "a Multiplied over many layers, the gradient is basically 0. mechanism ✓ holds",
        "Measured here ✓ holds gradient at layer 1", "8.0 × 10⁻⁸ 4.0 × 10⁻⁸ to 1.6 × 10⁻⁷",
        "┆ bar 10⁻⁶", "◇ published 6.4 × 10⁻⁸",
        "Reported at scale ✓ holds 6.4 × 10⁻⁸", "Table 6 a million photographs",
        "12.5 % 11.0 to 14.0 %", "Size MNIST-1D, 10 seeds One run alone would have misled you in 2 of 93 cases",
        "On other seeds (from 20,000) ✓ holds",
        "At full scale ◐ holds in part 2.0 × 10⁻⁸ (1.0 × 10⁻⁸ to 4.0 × 10⁻⁸); 16,000 units, 30 seeds, on a large GPU",
        "b Training stalls because of it. mechanism ? undecided", "Measured here ? undecided",
        "Reported at scale ✕ does not hold It trains. He [ He16 ]", "Too few steps.", "Trained 8 of 10 runs",
        "Ten factors make one.", "The rule, and since when",
        "a: Refuted by: It is not small. The bar, the smallest effect that counts: 10⁻⁶; less is lost in rounding. "
        "Predicate last changed 2026-11-20, after its seeds had been seen. Two seeds were added.",
        "Records of 2026-11-22. Change it: lecture run toy.depth",
    ]  # fmt: skip
    places = [text.find(words) for words in told]
    assert -1 not in places, told[places.index(-1)]
    assert places == sorted(places)
    assert 'id="claim-C10-b"' in card
    assert 'href="ledger.html#C10"' in card
    assert 'href="code/C10.html"' in card
    assert re.search(r'href="#[^"]+">He', card)
    assert "Kaiming He" not in card  # what a citation says when pointed at: a card has too many
    assert "style=" not in card


def test_a_witness_alone_has_no_sign_of_its_own_and_a_single_part_no_letter(build):
    text = plain(build(index=PAGE.format("```{claim} C06\n```")).page())
    assert "✓ holds The name" in text
    assert "Right The name is older than AlexNet. record ✓ holds On record 1986 first use of the words" in text
    assert "disagree" not in text


def test_an_announcement_is_no_opinion_and_a_part_not_tested_says_so(build):
    text = plain(build(index=PAGE.format("```{claim} C24\n```\n\n```{claim} C30\n```\n\n```{claim} C20\n```")).page())
    assert "C24 6:55 in the talk ¶ opinion" in text
    assert "C30 9:32 in the talk » announcement" in text
    assert "C20 6:01 in the talk · not yet tested" in text


def test_ledger_and_tally(build):
    built = build(index=PAGE.format("```{ledger}\n```\n\n```{outcomes}\n```\n\n{verdict}`C09` {verdict}`C10.b`"))
    page, text = built.page(), plain(built.page())
    assert re.findall(r'<tbody[^>]* id="(C\d\d)"', page) == list(STATEMENTS)
    rows = re.findall(r'<tr ([^>]*) id="(C\d\d-\w)"', page)
    assert len(rows) == sum(len(statement.parts) for statement in STATEMENTS.values())
    assert [id for facts, id in rows if "data-disagree" in facts] == ["C10-b"]
    assert "the gradient is basically 0. mechanism Verdict ✓ holds Measured here 8.0 × 10⁻⁸ ✓ holds 4.0" in text
    assert "C06.a The name is older than AlexNet. record Verdict ✓ holds Reported 1986 He [ He16 ] , abstract" in text
    assert "1 of the 70 parts are decided by intervals of 95 %: chance alone is expected to make at most 0.05" in text
    assert "Of 70 parts 3 hold, 1 is undecided, 3 are opinions, 2 are announcements, 61 are not yet tested." in text
    widths = [float(w) for w in re.findall(r'<rect class="verdict[^>]*width="([\d.]+)%"', page)]
    assert sum(widths) == pytest.approx(100, abs=0.01)
    assert re.search(r'<a class="[^"]*verdict-holds[^"]*" href="#C09"', page)
    assert re.search(r'<a class="[^"]*verdict-undecided[^"]*" href="#C10-b"', page)


def test_a_line_leads_to_where_small_and_large_disagree(build, evidence):
    text = PAGE.format("```{disagreements}\n```")
    page = plain(build(index=text).page())
    assert "Small and large disagree nowhere. On 1 part our experiment is undecided" in page
    page = build(evidence(Verdict.FAILS), index=text, cards=CARDS).page()
    assert "Small and large disagree on C10.a . On 1 more our experiment is undecided" in plain(page)
    assert 'href="cards.html#claim-C10-a"' in page


def test_the_code_page_shows_the_predicate(build):
    built = build(index=PAGE.format("```{claim} C10\n```"))
    assert "Nobody calls it" in plain(built.page("code/C10"))


def test_only_pages_that_show_a_changed_claim_are_read_again(build, evidence):
    other = "---\norphan: true\n---\n# Other\n\n{measured}`C09.a`\n"
    pages = {"index": PAGE.format("{measured}`C10.a`"), "ledger": LEDGER, "other": other}
    build(**pages)
    assert "0 added, 0 changed, 0 removed" in build().said
    changed = build(evidence(value=2e-5))
    assert "0 added, 2 changed, 0 removed" in changed.said
    assert "2.0 × 10⁻⁵" in plain(changed.page())
    assert "2.0 × 10⁻⁵" in plain(changed.page("ledger"))


def test_an_unexpected_verdict_stops_the_build_and_names_the_prose(build, evidence):
    text = PAGE.format("Some prose, {measured}`C10.error`.\n\n```{claim} C10\n```")
    with pytest.raises(SphinxError) as caught:
        build(evidence(Verdict.FAILS, preset="book"), index=text)
    line = str(caught.value)
    assert "claim C10.a came out as 'does not hold' but 'holds' is expected" in line
    assert "gradient at layer 1: 8.0e-08" in line
    assert "its card is on toy/index.md:5" in line
    assert "\n" not in line


def test_a_number_that_nobody_quotes_stops_the_build(build, evidence):
    found = evidence(preset="book")
    c10 = found.assessments["C10"]
    finding = replace(c10.parts[0].finding, drawn=())
    parts = (replace(c10.parts[0], finding=finding), c10.parts[1])
    found = replace(found, assessments=found.assessments | {"C10": replace(c10, parts=parts)})
    with pytest.raises(SphinxError, match="claim C10 measures what nobody quotes, draws or published: error"):
        build(found, index="# Toy\n")
    assert build(found, index="# Toy\n\n{measured}`C10.error`\n").status == 0


def test_a_second_build_beside_the_first_is_refused(build):
    from filelock import FileLock

    folder = build(index="# Toy\n").folder
    with FileLock(folder / "_build" / ".lock"), pytest.raises(SphinxError, match="another build is using"):
        build()
    assert build().status == 0


@pytest.mark.parametrize(("stopped", "written"), [("reading", False), ("writing", True)])
def test_after_a_build_was_killed_while_it_wrote_all_is_written_again_and_nothing_read(build, stopped, written):
    folder = build(index="# Toy\n").folder
    (folder / "_build" / ".building").write_text(f'"{stopped}"')
    told = build().said
    assert "0 added, 0 changed, 0 removed" in told
    assert ("writing output" in told.split("updating environment")[1]) == written
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
    cards = "".join(f"\n```{{claim}} {id}\n```\n" for id, told in STATEMENTS.items() if told.chapter == "history")
    page = build(index=PAGE.format("```{verdicts}\n```"), before=f"---\norphan: true\n---\n# Before\n{cards}").page()
    rows = re.findall(r"<li>(.*?)</li>", re.search(r'<ul class="verdicts">.*?</ul>', page, re.DOTALL)[0], re.DOTALL)
    assert len(rows) == 8
    assert 'href="before.html">Before</a>' in rows[0]
    assert re.findall(r'href="before.html#claim-(C\d\d)"', rows[0]) == [f"C{n:02}" for n in range(1, 8)]
    assert plain(rows[1]).startswith("gradient_vanishing · C08 ✓ C09 ◐ C10")
    assert 'title="holds: When the input of a sigmoid is 8' in rows[1]


def test_the_ledger_offers_only_what_it_has(build):
    page = build(index=PAGE.format("x"), ledger=LEDGER).page("ledger")
    offered = re.findall(r'type="radio" value="(\w+)"|value="(\w+)"', page)
    values = {a or b for a, b in offered}
    assert {"all", "holds", "undecided", "announcement", "untested", "record", "8"} <= values
    assert not {"fails", "in_part"} & values  # no part does, whatever a claim does
    assert 'type="checkbox"' in page
    assert "</input>" not in page


def test_the_outline_tells_the_whole_talk_in_its_order(build):
    page = build(index=PAGE.format("```{outline}\n```"), cards=CARDS).page()
    times = re.findall(r"<time>(\d+):(\d\d)</time>", page)
    assert len(times) == 30
    assert times == sorted(times, key=lambda time: 60 * int(time[0]) + int(time[1]))
    assert 'href="cards.html#claim-C10"' in page


def test_machines_read_the_verdicts_and_how_to_cite(build):
    built = build(index=PAGE.format("```{claim} C10\n```"), ledger=LEDGER)
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', built.page())
    review = json.loads(found)["review"][0]
    assert review["@type"] == "ClaimReview"
    assert review["reviewRating"]["alternateName"] == "holds in part"


def test_a_page_is_cited_by_title_book_and_version(build):
    built = build(index=PAGE.format("x"))
    (built.folder.parent / "CITATION.cff").write_text(
        "authors: [{name: A}, {name: B}]\nversion: 1.2.0\ndate-released: '2026-11-22'\n"
    )
    found = head.citation(built.app, "GPU", "https://o.github.io/n/gpu.html")
    assert (
        found["text"]
        == f"A and B (2026). GPU. In: {built.app.config.html_title}. Version 1.2.0. https://o.github.io/n/gpu.html"
    )
    assert "author = {{A and B}}" in found["bibtex"]
