"""Names of known projects: read from records and imported rows, stored, and loaded when a run starts.

Changes of a record or row need no notification: its names carry the version that they were read from, and are read
again whenever the current version differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import sqlalchemy as sa

from offing import __version__
from offing.config.files.layers import Layers
from offing.config.rules import load_rules
from offing.model.pairs.naming import ProjectName
from offing.model.pairs.pairing import Ref
from offing.model.projects.known import KnownProject
from offing.model.projects.project import ProjectFacts, ProjectRecord
from offing.recognize import NameReader
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.remembering import remembering
from offing.services.matching.match_rules import layers_within
from offing.services.running.pieces import GoOn, to_the_end
from offing.store.articles.article import get_articles
from offing.store.candidates.candidate import candidates
from offing.store.database.batch import BATCH
from offing.store.database.engine import Database
from offing.store.records.memory import memory_of
from offing.store.records.project import get_project
from offing.store.records.project_name import keep_names, project_names, unnamed_known, unnamed_records

_RULES = ("lexicons/*.csv", "wording/*/*.toml", "wording/*.toml", "models/small_words.txt")
_LONGEST = 23  # characters that fit a stamp


def load_names(database: Database, layers: Layers, go_on: GoOn = to_the_end) -> tuple[ProjectName, ...]:
    """Return the names of all known projects, after reading those that are new or changed, some hundred at a time."""
    rules = version_of_names(layers)
    with database.read() as conn:
        behind = are_unread(conn, rules)
    if behind and go_on():
        reader = NameReader(load_rules(layers))
        learn_names(database, reader, rules=rules, go_on=go_on)
    with database.read() as conn:
        return project_names(conn)


def version_of_names(layers: Layers) -> str:
    """Return the version of the rules for reading names: a digest of the words of all layers, and offing's version."""
    return f"{layers.digest(*_RULES)} {__version__}"[:_LONGEST]


def are_unread(conn: sa.Connection, rules: str) -> bool:
    """Return whether names of a record or imported row are missing, outdated, or read by other rules."""
    return bool(unnamed_records(conn, rules)) or bool(unnamed_known(conn, 1, rules))


def knowing(analyst: Analyst, database: Database) -> Analyst:
    """Return an analyst that also knows the projects of a database, by the names last read and by their news."""
    with database.read() as conn:
        names, memory, layers = project_names(conn), memory_of(conn), layers_within(conn)
    return remembering(replace(analyst, recognizer=analyst.recognizer.knowing(names)), memory, layers)


def learn_names(
    database: Database,
    reader: NameReader,
    progress: Callable[[int], None] = lambda _: None,
    rules: str = "",
    go_on: GoOn = to_the_end,
) -> int:
    """Read and store the names of all records and imported rows that are new or changed; return how many those were.

    Args:
        database: where they are stored, some hundred in a transaction; reading comes before it.
        reader: decides what is a project's own name.
        progress: called with the number read since its last call.
        rules: the version of the reader's rules.
        go_on: asked before each transaction.
    """
    done = 0
    for read in (_learn_records, _learn_known):
        while go_on() and (number := read(database, reader, rules)):
            done += number
            progress(number)
    return done


def _learn_known(database: Database, reader: NameReader, rules: str) -> int:
    with database.read() as conn:
        stamps = unnamed_known(conn, BATCH, rules)
    names = [name for known in stamps for name in _of_known(known, reader)]
    with database.write() as conn:
        keep_names(conn, {Ref.known(known.source, known.key): stamp for known, stamp in stamps.items()}, names)
    return len(stamps)


def _learn_records(database: Database, reader: NameReader, rules: str) -> int:
    with database.read() as conn:
        stamps = dict(list(unnamed_records(conn, rules).items())[:BATCH])
        records = [(record, _texts(conn, record)) for each in stamps if (record := get_project(conn, each))]
    names = [name for record, texts in records for name in _of_record(record, texts, reader)]
    with database.write() as conn:
        keep_names(conn, {Ref.project(each): stamp for each, stamp in stamps.items()}, names)
    return len(stamps)


def _of_known(known: KnownProject, reader: NameReader) -> Iterator[ProjectName]:
    found = reader.names_of(known.facts, known.facts.title, known.description)
    return _named(Ref.known(known.source, known.key), known.facts, found)


def _texts(conn: sa.Connection, record: ProjectRecord) -> list[tuple[ProjectFacts, str, str]]:
    """Return candidate facts, title and text of each article of a record."""
    return [
        (candidate.facts, article.title, "\n\n".join(article.paragraphs))
        for candidate in candidates(conn, record.candidate_ids)
        for article in get_articles(conn, (source.article_id for source in candidate.articles)).values()
    ]


def _of_record(
    record: ProjectRecord, texts: Iterable[tuple[ProjectFacts, str, str]], reader: NameReader
) -> Iterator[ProjectName]:
    """Yield the names that any article of a record gives, each in its own script."""
    found = list(reader.names_of(record.facts, record.facts.title))
    for facts, title, text in texts:
        found += reader.names_of(facts, title, text)
    return _named(Ref.project(record.id), record.facts, found)


def _named(
    target: Ref, facts: ProjectFacts, names: Iterator[str] | list[str] | tuple[str, ...]
) -> Iterator[ProjectName]:
    return (ProjectName(target, name, facts.countries, facts.sector or "") for name in dict.fromkeys(names))
