"""Matching by a site's own rules, which are read before anything is locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories.telling import arrive_all
from offing.config.files.layers import Layers
from offing.errors import ConfigError
from offing.services.matching import match_rules
from offing.services.matching.match_rules import changing, judge_of, judge_within
from offing.store.database.engine import Database
from services.matching.test_matching import PIECES, update_of


def site(folder: Path, text: str) -> Layers:
    """The layers of a site with these weights of its own."""
    (folder / "matching.toml").write_text(text, encoding="utf-8")
    return Layers.of(folder)


def test_a_site_matches_by_its_own_weights(database: Database, tmp_path: Path) -> None:
    """What ships calls the second article an update; a site that asks for more calls it new."""
    strict = database.of_site(site(tmp_path, "[news]\nsame = 1.0\n"))
    arrive_all(strict, *PIECES[:2])
    assert update_of(strict, PIECES[1].name) is None
    assert judge_of(strict).rules.same == 1.0
    assert judge_of(database).rules.same < 1.0
    assert judge_of(strict).rules.version != judge_of(database).rules.version


def test_what_ships_counts_without_a_site(database: Database) -> None:
    """The same articles, by the rules that ship."""
    arrive_all(database, *PIECES[:2])
    assert update_of(database, PIECES[1].name) is not None


def test_rules_are_read_before_the_lock(database: Database) -> None:
    """Within a transaction that changes candidates nothing is left to be read."""
    match_rules._judge.cache_clear()
    with changing(database) as conn:
        read = match_rules._judge.cache_info().misses
        judge_within(conn)
        assert (read, match_rules._judge.cache_info().misses) == (1, 1)


def test_rules_that_cannot_be_read_lock_nothing(sqlite_database: Database, tmp_path: Path) -> None:
    """A wrong weight is told before the transaction begins."""
    wrong = sqlite_database.of_site(site(tmp_path, "[news.weights]\nfirm = -1\n"))
    with sqlite_database.write(), pytest.raises(ConfigError, match="firm"), changing(wrong):
        raise AssertionError("it would have waited for the lock")
