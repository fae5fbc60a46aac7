from types import SimpleNamespace

import pytest

from lecture.publishing import address
from lecture.publishing.staging import BookError


def configured(value, monkeypatch, environment=None):
    monkeypatch.delenv("LECTURE_ADDRESS", raising=False)
    if environment is not None:
        monkeypatch.setenv("LECTURE_ADDRESS", environment)
    config = SimpleNamespace(
        html_theme="sphinx_book_theme",
        lecture_address=value,
        html_theme_options={"repository_url": "https://example.org"},
        html_baseurl="",
    )
    address.apply(None, config)
    return config


def test_while_it_is_empty_nothing_leads_anywhere(monkeypatch):
    config = configured("", monkeypatch)
    assert config.lecture_repository == config.html_baseurl == config.html_theme_options["repository_url"] == ""
    assert not any(value for name, value in config.html_theme_options.items() if name.startswith("use_"))


@pytest.mark.parametrize(
    "value", ["Some-One/a.book", "https://github.com/Some-One/a.book", "https://github.com/Some-One/a.book.git"]
)
def test_all_addresses_follow_from_the_one(value, monkeypatch):
    config = configured(value, monkeypatch)
    assert (
        config.lecture_repository == config.html_theme_options["repository_url"] == "https://github.com/Some-One/a.book"
    )
    assert config.html_baseurl == "https://some-one.github.io/a.book/"
    assert config.html_theme_options["use_repository_button"]


def test_the_environment_overrides(monkeypatch):
    assert configured("a/b", monkeypatch, "c/d").lecture_repository == "https://github.com/c/d"


def test_anything_else_is_refused(monkeypatch):
    with pytest.raises(BookError, match="owner/name"):
        configured("somewhere", monkeypatch)
