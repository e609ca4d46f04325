"""What a release takes in memory does not grow with what the records say."""

from __future__ import annotations

import gc
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from typing_extensions import Buffer

from factories.candidate import NOW, stored_candidate
from factories.copies import copy_records
from offing.model.review.candidate import CandidateState
from offing.publish.checks import Peers
from offing.services.records.promote import promote_accepted
from offing.services.releases.checks import check
from offing.services.releases.folder import packed_file, write_unpacked
from offing.services.releases.one_pass import Terms
from offing.store.database.engine import Database, open_database

SUMS = 5_000
FEW, MANY = 200, 800
BYTES = (
    150  # of each more project at the peak: a list of their ids alone takes as much, and a record a hundred times it
)


class Pieces(BytesIO):
    """A file that remembers what was written at once."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []

    def write(self, content: Buffer, /) -> int:
        """Note a piece."""
        self.written.append(bytes(content))
        return len(self.written[-1])


def peak_of_check(database: Database) -> int:
    """Bytes at the peak of a check of all records, of what it cannot let go of."""
    gc.collect()
    gc.freeze()  # what was there before is not looked through again and again
    tracemalloc.start()
    try:
        check(database, NOW, Terms(report=lambda _done, _total: gc.collect() and None))  # tests seldom look for garbage
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.unfreeze()


@pytest.fixture
def filled(tmp_path: Path, sqlite_template: Path) -> Iterator[Callable[[int], Database]]:
    """Return a database with so many records."""
    with ExitStack() as stack:

        def fill(size: int) -> Database:
            shutil.copyfile(sqlite_template, file := tmp_path / f"{size}.db")
            database = open_database(f"sqlite:///{file}")
            stack.callback(database.close)
            with database.write() as conn:
                stored_candidate(conn, state=CandidateState.ACCEPTED)
            promote_accepted(database, NOW)
            with database.write() as conn:
                copy_records(conn, size)
            return database

        yield fill


@pytest.mark.slow
def test_memory_of_a_pass_does_not_grow_with_the_records(filled: Callable[[int], Database]) -> None:
    """Five times the records take the same memory, but for a few bytes of each."""
    few, many = filled(FEW), filled(MANY)
    check(few, NOW)  # loads rules and rates
    more = peak_of_check(many) - peak_of_check(few)
    assert more < BYTES * (MANY - FEW)


def test_sums_of_a_release_are_packed() -> None:
    """What is kept to compare sums is a number and an id each."""
    gc.collect()
    tracemalloc.start()
    try:
        peers = Peers()
        for number in range(SUMS):
            peers.add(f"off-2026-{number:06d}", "energy", ("KEN",), Decimal(number + 1))
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert taken < SUMS * 32


def test_a_file_comes_back_in_pieces(tmp_path: Path) -> None:
    """A packed file of some megabytes is written again as it was, and never whole in memory."""
    content = b"".join(f"{number}\n".encode() for number in range(900_000))
    (tmp_path / "file").write_bytes(content)
    packed, pieces = packed_file(tmp_path / "file"), Pieces()
    write_unpacked(packed, pieces)
    assert b"".join(pieces.written) == content
    assert max(map(len, pieces.written)) <= 2**20
