import pytest
import torch
from hypothesis import settings
from tests.site import Book

settings.register_profile("lecture", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("lecture")
torch.set_num_threads(1)  # as in every run; two threads on a busy machine are ten times slower


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory, monkeypatch):
    """No test touches the records of whoever runs the tests."""
    monkeypatch.setenv("LECTURE_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.delenv("LECTURE_PRESET", raising=False)
    monkeypatch.delenv("LECTURE_DEVICE", raising=False)
    monkeypatch.delenv("LECTURE_ADDRESS", raising=False)
    monkeypatch.delenv("READTHEDOCS_CANONICAL_URL", raising=False)


@pytest.fixture(autouse=True)
def _own_arithmetic():
    """Training flushes denormal numbers to zero; a test that trained must not change the next one's arithmetic."""
    yield
    torch.set_flush_denormal(False)
    torch.set_num_threads(1)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache folder."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("LECTURE_CACHE", str(folder))
    return folder


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """The whole book, built once at the smoke preset; a test that edits the copy puts it back."""
    book = Book(tmp_path_factory.mktemp("book"))
    result = book.build()
    assert result.status == 0, result.said
    book.first = result
    return book
