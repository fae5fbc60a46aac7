"""The format of one record: a standard parquet file that says where its numbers come from, and that notices damage.

Any parquet reader opens it. Two entries of the file's own key-value metadata are ours: the provenance as JSON, and a
SHA-256 over all bytes of the file (with the checksum's own 64 digits as zeros). A single flipped bit anywhere is found,
before the bytes reach the parquet parser.
"""

import io
import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandas.api import types

FORMAT = 1
_PROVENANCE = b"lecture.provenance"
_MARK = b"lecture-sha256:"
_BLANK = b"0" * 64
_MARKED = re.compile(_MARK + rb"(?=[0-9a-f]{64})")


class DamagedRecord(Exception):
    """The bytes are not a whole, untouched record; the message says why in a few words."""


@dataclass(frozen=True)
class Record:
    """A table and where its numbers come from.

    Attributes:
        table: The tidy table.
        provenance: Plain JSON values.
    """

    table: pd.DataFrame
    provenance: dict[str, Any]


def encode(record: Record) -> bytes:
    """Return the record as the bytes of a parquet file.

    Raises:
        ValueError: The table is not tidy: see :func:`check`.
    """
    check(record.table)
    table = pa.Table.from_pandas(record.table, preserve_index=False)
    sink = io.BytesIO()
    with pq.ParquetWriter(sink, table.schema, compression="zstd") as writer:
        writer.write_table(table)
        provenance = json.dumps(record.provenance, sort_keys=True).encode()
        writer.add_key_value_metadata({_PROVENANCE: provenance, b"lecture.checksum": _MARK + _BLANK})
    data = sink.getvalue()
    start = _place(data)
    return data[:start] + _checksum(data, start) + data[start + len(_BLANK) :]


def decode(data: bytes) -> Record:
    """Return the record that the bytes hold.

    Raises:
        DamagedRecord: The bytes were changed, cut short, or are something else.
    """
    if not data.startswith(b"PAR1"):
        raise DamagedRecord("not a record of this program")
    if not data.endswith(b"PAR1"):
        raise DamagedRecord("the file is cut short")
    start = _place(data)
    if not start:
        raise DamagedRecord("not a record of this program")
    if data[start : start + len(_BLANK)] != _checksum(data, start):
        raise DamagedRecord("the checksum does not match")
    # All on this thread: a process that ends while a thread of Arrow's still lets go of what it read is aborted
    # ("terminate called without an active exception").
    file = pq.ParquetFile(pa.BufferReader(data))
    table = file.read(use_threads=False)
    provenance = json.loads(file.metadata.metadata[_PROVENANCE])
    return Record(table.replace_schema_metadata(_only_pandas(table)).to_pandas(use_threads=False), provenance)


def check(table: pd.DataFrame) -> None:
    """Check that a table is tidy: it would come back from its file as it was.

    Raises:
        ValueError: It has an index, no rows, columns without a plain unique name, or values other than numbers,
            strings and booleans.
    """
    if not isinstance(table, pd.DataFrame):
        raise ValueError(f"run must return a DataFrame, got {type(table).__name__}")
    if not table.index.equals(pd.RangeIndex(len(table))) or table.index.name is not None:
        raise ValueError("the table has an index: end run with .reset_index(drop=True)")
    if table.empty:
        raise ValueError("the table has no rows")
    if not table.columns.is_unique or not all(isinstance(name, str) for name in table.columns):
        raise ValueError("the table's columns need unique names that are strings")
    for name, column in table.items():
        plain = types.is_numeric_dtype(column) and not types.is_complex_dtype(column)
        if not (plain or types.infer_dtype(column, skipna=True) in ("string", "boolean")):
            raise ValueError(f"column {name!r} holds {column.dtype}: use numbers, strings or booleans")


def _only_pandas(table: pa.Table) -> dict[bytes, bytes]:
    return {key: value for key, value in (table.schema.metadata or {}).items() if key == b"pandas"}


def _place(data: bytes) -> int:
    """Return where the checksum begins: after the last mark, since the footer comes last; 0 if there is none."""
    return max((mark.end() for mark in _MARKED.finditer(data)), default=0)


def _checksum(data: bytes, start: int) -> bytes:
    """Return the digest of all bytes, with the 64 digits at ``start`` counted as zeros."""
    digest = sha256(data[:start])
    digest.update(_BLANK)
    digest.update(data[start + len(_BLANK) :])
    return digest.hexdigest().encode()
