"""Fixtures that all tests share: both databases, real ones."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

from offing.config.files import cache
from offing.settings import read_settings
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from postgres_pool import PostgresPool, ask, named
from suite import DATABASES, examples
from tables import pytest_pycollect_makeitem  # noqa: F401 -- pytest finds it here
from thrift import (
    garbage_left_alone,
    log_plainly,
    longest_first,
    look_for_garbage_seldom,
    share_documents,
    share_readers,
    share_rules,
    share_statements,
    spare_the_disk,
)

# What is derived from config is kept for all processes of a test run, and for the next one: it is found by its content.
os.environ.setdefault("OFFING_CACHE", str(Path(tempfile.gettempdir()) / f"offing-tests-{getattr(os, 'getuid', int)()}"))
cache.set_up(read_settings().cache)

# A change is judged by the same examples everywhere; `make search` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=examples())
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile("steady")

look_for_garbage_seldom()
share_statements()
share_rules()
share_documents()
share_readers()
log_plainly()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect the tests at the least cost."""
    with garbage_left_alone():
        return (yield)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin the tests that take minutes first, in each process of the run."""
    longest_first(items, getattr(config, "workerinput", {}).get("workercount", 1))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server for this test process, from a wheel."""
    from postgres_server import running_postgres

    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_pool(postgres_url: str) -> PostgresPool:
    """Databases of the server with all tables: migrations take longer than most tests."""
    name = "with_all_tables"
    ask(postgres_url, f"CREATE DATABASE {name}")
    _fill(named(postgres_url, name))
    return PostgresPool(postgres_url, name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("template") / "offing.db"
    _fill(f"sqlite:///{file}")
    return file


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database; in the whole suite once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'offing.db'}"
        return
    with _on_postgres(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with all tables; in the whole suite once on each kind."""
    if request.param == "sqlite":
        with _on_sqlite(tmp_path, request.getfixturevalue("sqlite_template")) as opened:
            yield opened
        return
    with request.getfixturevalue("postgres_pool").taken() as url:
        opened = open_database(url)
        yield opened
        opened.close()


@pytest.fixture
def sqlite_database(tmp_path: Path, sqlite_template: Path) -> Iterator[Database]:
    """A database with all tables on SQLite only, for tests that are not about the store."""
    with _on_sqlite(tmp_path, sqlite_template) as opened:
        yield opened


@pytest.fixture(params=DATABASES)
def fresh_databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Iterator[Database]]:
    """As many databases with all tables as a test asks for, once of each kind."""
    with ExitStack() as stack:
        yield (_fresh(request, stack, tmp_path / str(number)) for number in count())


def _fresh(request: pytest.FixtureRequest, stack: ExitStack, folder: Path) -> Database:
    if request.param == "sqlite":
        folder.mkdir()
        return stack.enter_context(_on_sqlite(folder, request.getfixturevalue("sqlite_template")))
    opened = open_database(stack.enter_context(request.getfixturevalue("postgres_pool").taken()))
    stack.callback(opened.close)
    return opened


@contextmanager
def _on_sqlite(folder: Path, template: Path) -> Iterator[Database]:
    shutil.copyfile(template, folder / "offing.db")
    opened = open_database(f"sqlite:///{folder / 'offing.db'}")
    spare_the_disk(opened.engine)
    yield opened
    opened.close()


@contextmanager
def _on_postgres(server: str) -> Iterator[str]:
    name = f"t{uuid4().hex[:12]}"
    ask(server, f"CREATE DATABASE {name}")
    yield named(server, name)
    ask(server, f"DROP DATABASE {name} WITH (FORCE)")


def _fill(url: str) -> None:
    opened = open_database(url)
    upgrade(opened)
    opened.close()
