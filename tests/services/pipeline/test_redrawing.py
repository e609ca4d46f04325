"""What known projects and candidates are matched by is drawn anew once the rules for that have changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.telling import DAY, arrive_all
from offing.config.files.layers import Layers
from offing.config.weights.matching import COUNTS_FILE
from offing.model.projects.known import KnownProject
from offing.services.known_projects.naming import load_names
from offing.services.matching.candidates import keys_of_known
from offing.services.matching.match_rules import judge_of
from offing.services.pipeline.redrawing import Redrawn, redraw, rules_faults
from offing.store.database.engine import Database
from offing.store.records.known_project import keep_known
from offing.store.records.project_name import project_names
from offing.store.tables import known_key, project_name, story_key
from services.matching.test_matching import PIECES, SIGNED

ROWS = tuple(
    KnownProject(
        "aiddata", str(number), replace(SIGNED, title=f"Loan for {name}"), f"The works stand by the {name} now.", 2019
    )
    for number, name in enumerate(("Lotus Tower", "Hiyaa Towers"), 1)
)


def filled(database: Database) -> None:
    """Two candidates and two known projects, with keys and names."""
    judge = judge_of(database)
    with database.write() as conn:
        keep_known(conn, ROWS, DAY, lambda row: keys_of_known(row, judge))
    arrive_all(database, *PIECES[:2])
    load_names(database, Layers.of(None))


def otherwise(database: Database, folder: Path) -> tuple[Database, Layers]:
    """The database of a site in which other words are ordinary."""
    (folder / "models").mkdir(parents=True)
    counts = (Layers.of(None).folders[0] / COUNTS_FILE).read_text(encoding="utf-8")
    number, _, rest = counts.partition("\n")
    (folder / COUNTS_FILE).write_text(f"{number}\n{rest.rstrip()}\nlotus\t{number}\n", encoding="utf-8")
    (folder / "wording/numbers").mkdir(parents=True)
    (folder / "wording/numbers/en.toml").write_text('priced = ["all told"]\n', encoding="utf-8")
    layers = Layers.of(folder)
    return database.of_site(layers), layers


def faults(database: Database) -> list[str]:
    """What the check says."""
    with database.read() as conn:
        return [each.partition(" were drawn")[0] for each in rules_faults(conn)]


def keys(database: Database) -> tuple[set[str], set[str]]:
    """All keys of known projects, and of candidates."""
    with database.read() as conn:
        return tuple(set(conn.execute(sa.select(table.c.key)).scalars()) for table in (known_key, story_key))


def test_nothing_is_drawn_anew_by_the_same_rules(database: Database) -> None:
    """What was just drawn stands."""
    filled(database)
    assert faults(database) == []
    assert redraw(database) == Redrawn(0, 0)


def test_other_rules_draw_all_anew(database: Database, tmp_path: Path) -> None:
    """The check tells it, and once drawn anew there is nothing to tell; a word that all have is no key any more."""
    filled(database)
    site, layers = otherwise(database, tmp_path / "site")
    assert faults(site) == ["keys of known projects", "keys of candidates", "names of known projects"]
    assert any(":n:" in key for key in keys(database)[0])
    assert redraw(site) == Redrawn(2, 2)
    assert not any(":n:" in key for key in keys(database)[0])
    assert sum("by:" in key for side in keys(database) for key in side) == 2
    with database.read() as conn:
        before = set(conn.execute(sa.select(project_name.c.stamp)).scalars())
        named = project_names(conn)
    assert load_names(site, layers) == named
    with database.read() as conn:
        assert before.isdisjoint(conn.execute(sa.select(project_name.c.stamp)).scalars())
    assert (faults(site), redraw(site)) == ([], Redrawn(0, 0))


def test_what_is_new_is_no_fault(sqlite_database: Database) -> None:
    """A row that was imported since the last run has no names yet."""
    filled(sqlite_database)
    judge, late = judge_of(sqlite_database), replace(ROWS[0], key="3")
    with sqlite_database.write() as conn:
        keep_known(conn, (late,), DAY, lambda row: keys_of_known(row, judge))
    assert faults(sqlite_database) == []


@pytest.mark.slow
def test_a_run_draws_some_of_the_candidates(sqlite_database: Database, tmp_path: Path) -> None:
    """Whatever is left is drawn by the next."""
    filled(sqlite_database)
    site, _ = otherwise(sqlite_database, tmp_path / "site")
    assert redraw(site, 0) == Redrawn(2, 0)
    assert faults(site) == ["keys of candidates", "names of known projects"]
    assert redraw(site, 1).candidates == 2
