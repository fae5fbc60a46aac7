import json
import os
import shutil
from dataclasses import asdict

import pytest
import torch
from filelock import FileLock
from hypothesis import settings

from lecture.experiments import schedule
from tests.site import Book, Result, Site

settings.register_profile("lecture", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("lecture")
torch.set_num_threads(1)  # as in every run; two threads on a busy machine are ten times slower


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """A folder that all workers of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(autouse=True)
def _own_cache(shared, monkeypatch):
    """No test touches the records of whoever runs the tests; those that only read some share one store."""
    monkeypatch.setenv("LECTURE_CACHE", str(shared / "records"))
    monkeypatch.delenv("LECTURE_PRESET", raising=False)
    monkeypatch.delenv("LECTURE_DEVICE", raising=False)
    monkeypatch.delenv("LECTURE_ADDRESS", raising=False)
    monkeypatch.delenv("LECTURE_DOWNLOADS", raising=False)
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
def smoke(shared):
    """The shared store, with the smoke records of all experiments."""
    store = shared / "records"
    with pytest.MonkeyPatch.context() as patch, FileLock(shared / "records.lock"):
        patch.setenv("LECTURE_CACHE", str(store))
        patch.setenv("LECTURE_PRESET", "smoke")
        schedule.ensure()
    return store


@pytest.fixture(scope="session")
def built(shared, smoke):
    """The whole book at the smoke preset, built once for the whole run, and a copy of the site that came of it."""
    book, site, first = Book(shared / "book"), Site(shared / "site"), shared / "book.json"
    with FileLock(shared / "book.lock"):
        if not first.exists():
            book.begin(smoke)
            result = book.build()
            if result.status == 0:
                shutil.copytree(book.published, site.folder)
            first.write_text(json.dumps(asdict(result)))
    book.first = Result(**json.loads(first.read_text()))
    assert book.first.status == 0, book.first.said
    return book, site


@pytest.fixture(scope="session")
def book(built):
    """The book, for tests that build it again; a test that edits it puts it back."""
    return built[0]


@pytest.fixture(scope="session")
def site(built):
    """The site, for tests that look at it while others build the book again."""
    return built[1]
