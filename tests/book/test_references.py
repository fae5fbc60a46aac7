"""The references keep what their page promises: each is cited, each can be found, and none stands there twice."""

import re
from collections import Counter
from pathlib import Path

import pytest
from pybtex.database import parse_file
from pybtex.plugin import find_plugin

ROOT = Path(__file__).parents[2]
PAGES = {page.stem: page.read_text(encoding="utf-8") for page in sorted((ROOT / "book").glob("*.md"))}
LIBRARY = parse_file(ROOT / "book" / "references.bib")
ENTRIES = LIBRARY.entries

CITED = re.compile(r"\{cite:\w+\}`([^`]+)`")
KEY = re.compile(r'"([a-z]+\d{4}[a-z]+)"')
REQUIRED = {
    "article": {"journal"}, "inproceedings": {"booktitle"}, "incollection": {"booktitle", "publisher"},
    "book": {"publisher"}, "phdthesis": {"school"}, "mastersthesis": {"school"}, "techreport": {"institution"},
    "misc": set(),
}  # fmt: skip
"""What a reader needs to know of each kind of source, besides author, title, year and a number or an address."""


def keys_shown() -> set[str]:
    """Return the keys that a reader sees cited: in prose, and on the claim cards."""
    in_prose = {key.strip() for text in PAGES.values() for keys in CITED.findall(text) for key in keys.split(",")}
    return in_prose | keys_in("claims")


def keys_in(room: str) -> set[str]:
    """Return the keys that a room of the package names."""
    modules = (ROOT / "src" / "lecture" / room).rglob("*.py")
    return {key for module in modules for key in KEY.findall(module.read_text(encoding="utf-8"))}


def plain(text: str) -> str:
    """Return a title's letters and digits alone, in lower case, without TeX's marks."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\\[a-zA-Z](?=\{)|\\\W?|[{}]", "", text).lower())


def test_every_citation_has_an_entry() -> None:
    assert keys_shown() | keys_in("data/literature") <= set(ENTRIES)


def test_every_entry_is_cited() -> None:
    assert set(ENTRIES) - keys_shown() == set()


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_can_be_found(key: str) -> None:
    fields = ENTRIES[key].fields

    assert {"doi", "eprint", "url"} & set(fields)
    assert not fields.get("doi", "").startswith("http")  # the number alone: the address is made from it
    assert ("eprint" in fields) == ("archiveprefix" in fields)


@pytest.mark.parametrize("key", ENTRIES)
def test_a_key_is_surname_year_and_first_word_of_the_title(key: str) -> None:
    entry = ENTRIES[key]
    year, title = entry.fields["year"], re.sub(r"\\.|[{}]", "", entry.fields["title"]).lower()
    surname, _, word = key.partition(year)

    assert surname.isalpha(), key
    assert word.isalpha(), f"{key}: the year is {year}"
    assert word in title.replace("-", "").replace(" ", "")


@pytest.mark.parametrize("key", ENTRIES)
def test_numbers_and_addresses_have_their_form(key: str) -> None:
    fields = ENTRIES[key].fields

    assert re.fullmatch(r"10\.\d{4,9}/[^\s{}\\]+", fields.get("doi", "10.1000/1"))
    assert not fields.get("doi", "").lower().startswith("10.48550/")  # a number in the arXiv goes into eprint
    assert re.fullmatch(r"\d\d(0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}", fields.get("eprint", "0704.0001"))
    assert re.fullmatch(r"https?://[\w.-]+/[^\s{}\\]*", fields.get("url", "https://example.org/"))
    assert fields.get("archiveprefix", "arXiv") == "arXiv"


@pytest.mark.parametrize("key", [key for key, entry in ENTRIES.items() if "." in entry.fields.get("eprint", "")])
def test_nothing_was_published_years_before_it_was_in_the_arxiv(key: str) -> None:
    fields = ENTRIES[key].fields
    submitted = 2000 + int(fields["eprint"][:2])

    assert -1 <= int(fields["year"]) - submitted <= 4


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_says_what_a_reader_needs(key: str) -> None:
    entry = ENTRIES[key]
    fields = entry.fields

    assert REQUIRED[entry.type] <= set(fields)
    assert entry.persons["author"]
    assert re.fullmatch(r"(18|19|20)\d\d", fields["year"])
    assert re.fullmatch(r"\w+(--\w+)?", fields.get("pages", "1"))


@pytest.mark.parametrize("key", ENTRIES)
def test_a_key_begins_with_the_first_author(key: str) -> None:
    author, year = ENTRIES[key].persons["author"][0], ENTRIES[key].fields["year"]
    surname = plain("".join(author.prelast_names + author.last_names))

    assert surname.startswith(key.partition(year)[0])  # of a double name the first half may be enough


@pytest.mark.parametrize("field", ["doi", "eprint", "url"])
def test_no_source_stands_there_twice(field: str) -> None:
    counted = Counter(entry.fields[field].lower() for entry in ENTRIES.values() if field in entry.fields)

    assert [value for value, n in counted.items() if n > 1] == []


def test_no_title_of_the_same_author_stands_there_twice() -> None:
    counted = Counter((re.split(r"\d", key)[0], plain(entry.fields["title"])) for key, entry in ENTRIES.items())

    assert [title for title, n in counted.items() if n > 1] == []


def test_the_list_shows_each_number_and_address_as_a_link() -> None:
    """The style is the one that ``_config.yml`` names."""
    style = find_plugin("pybtex.style.formatting", "unsrt")()
    html = find_plugin("pybtex.backends", "html")()
    for entry in style.format_bibliography(LIBRARY):
        fields, shown = ENTRIES[entry.key].fields, entry.text.render(html)
        if "doi" in fields:
            assert f'<a href="https://doi.org/{fields["doi"]}">' in shown, entry.key
        if "eprint" in fields:
            assert f'<a href="https://arxiv.org/abs/{fields["eprint"]}">' in shown, entry.key
        if "url" in fields:
            assert f'<a href="{fields["url"]}">' in shown, entry.key
