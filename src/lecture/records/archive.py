"""One file with many records, to be taken to another machine: a zip archive that says what is in it.

Any zip program opens it, and any parquet reader what is inside. The same records give the same bytes.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lecture.errors import LectureError
from lecture.records import folder
from lecture.records.record import DamagedRecord, Record, decode

if TYPE_CHECKING:
    from lecture.experiments.experiment import Experiment

LIST, READ_ME = "records.json", "README.txt"
FORMAT = 1
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # when everything in an archive was written, so that nothing depends on the clock
TOLD = """\
Stored records of the experiments of the book "Why deep learning suddenly worked": a parquet file for each, with the
settings, seeds, versions, device and date of its run in its own metadata. records.json lists them with their SHA-256.

    lecture import FILE             puts them into the store of this machine, where they fit its code
    lecture reproduce FILE C12      computes the same here and compares, part by part
"""


def pack(files: Iterable[Path]) -> bytes:
    """Return an archive of stored records, each under the name of its folder and file.

    Raises:
        LectureError: One of them is damaged, or there is none.
    """
    found = {}
    for path in sorted(files):
        data = path.read_bytes()
        try:
            record = decode(data)
        except DamagedRecord as error:
            raise LectureError(f"{path} is damaged ({error}): 'lecture run' computes it again") from error
        found[f"{path.parent.name}/{path.name}"] = data, record.provenance
    if not found:
        raise LectureError("there are no records to pack: 'lecture run' computes them")
    entries = [
        {
            "file": name,
            "sha256": sha256(data).hexdigest(),
            **{key: known[key] for key in ("experiment", "date", "device")},
        }
        for name, (data, known) in found.items()
    ]
    contents = {LIST: json.dumps({"format": FORMAT, "records": entries}, indent=1).encode(), READ_ME: TOLD.encode()}
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:  # stored as they are: parquet is compressed
        for name, data in (contents | {name: data for name, (data, _) in found.items()}).items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), data)
    return sink.getvalue()


def save(path: Path, data: bytes) -> None:
    """Write an archive, whole or not at all.

    Raises:
        LectureError: The file cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise LectureError(f"{path} cannot be written: {error.strerror or error}") from error


def unpack(path: Path) -> dict[str, tuple[bytes, Record]]:
    """Return the records of an archive with their bytes, by file name, such as ``history.cures/book-cpu.parquet``.

    Raises:
        LectureError: There is no such file; it is no archive of records, or damaged anywhere.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if damaged := archive.testzip():
                raise LectureError(f"{path} is damaged, in {damaged}: fetch it again; nothing was taken from it")
            listed: dict[str, Any] = json.loads(archive.read(LIST))
            if listed["format"] != FORMAT:
                raise LectureError(f"{path} was written by another version of lecture")
            found = {}
            for entry in listed["records"]:
                data = archive.read(entry["file"])
                if sha256(data).hexdigest() != entry["sha256"] or not folder.is_record(entry["file"]):
                    raise LectureError(
                        f"{path} is damaged, in {entry['file']}: fetch it again; nothing was taken from it"
                    )
                found[entry["file"]] = data, decode(data)
            return found
    except FileNotFoundError as error:
        raise LectureError(f"there is no file {path}") from error
    except (OSError, EOFError) as error:
        raise LectureError(f"{path} cannot be read: {error}") from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, NotImplementedError, DamagedRecord) as error:
        raise LectureError(f"{path} is no archive of records, or is damaged ({error}): fetch it again") from error


def take(path: Path, known: Callable[[str], "type[Experiment]"]) -> dict[str, list[str]]:
    """Put the records of an archive into the store, and return what became of each: lists of experiments by fate.

    ``taken``; ``already here``, where the store has a fresh one; ``stale``, taken, but computed with other versions or
    on other data, so that a build computes it again; ``of other code``, refused, with the reason.

    Args:
        path: The archive.
        known: Finds an experiment by name, or raises LectureError.

    Raises:
        LectureError: See :func:`unpack`; then nothing is taken.
        Hopeless: The cache folder is full or cannot be written to.
    """
    from lecture.records import store  # here, not above: it imports torch, and who packs need not wait for it

    fates: dict[str, list[str]] = {fate: [] for fate in store.FATES}
    for name, (data, record) in unpack(path).items():
        experiment = str(record.provenance["experiment"])
        try:
            what, why = store.fate(known(experiment), record)
        except LectureError as error:
            what, why = store.OTHER_CODE, str(error)
        place = folder.cache() / name
        if what in (store.TAKEN, store.STALE):
            with folder.locked(place):
                folder.write(place, data)
        fates[what].append(f"{experiment} ({why})" if why else experiment)
    return fates
