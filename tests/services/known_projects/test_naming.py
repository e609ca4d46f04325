"""Names of known projects: read once, read again when a record or row changes, loaded for a run."""

from dataclasses import replace
from functools import cache

import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_candidate
from offing.config.files.layers import Layers
from offing.model.pairs.naming import ProjectName
from offing.model.pairs.pairing import Ref
from offing.model.projects.known import KnownProject
from offing.model.projects.project import ProjectFacts, ProjectRecord
from offing.model.values.vocabulary import Sector
from offing.recognize import NameReader
from offing.services.analysis.analyst import load_analyst, recognizer_of
from offing.services.known_projects.naming import knowing, learn_names, load_names
from offing.store.database.engine import Database
from offing.store.records.known_project import keep_known
from offing.store.records.project import get_project, insert_project, redirect, save_projects
from offing.store.records.project_name import project_names, unnamed_records
from offing.store.tables import project_name

LOTUS = KnownProject(
    "aiddata", "1", ProjectFacts(title="China Eximbank loan for Lotus Tower Project", countries=("LKA",))
)
DAM = KnownProject(
    "aiddata",
    "2",
    ProjectFacts(title="Loan for Karuma Hydropower Plant", countries=("UGA",), sector=Sector.ENERGY),
)
BARE = KnownProject("aiddata", "3", ProjectFacts(title="Donation of rice", countries=("UGA",)))


@cache
def reader() -> NameReader:
    """The reader of names with what ships."""
    return recognizer_of(Layers.of(None)).reader


def known(key: str) -> Ref:
    """A project of the imported base."""
    return Ref.known("aiddata", f"{key}")


def names(database: Database) -> set[ProjectName]:
    """All names that are kept."""
    with database.read() as conn:
        return set(project_names(conn))


def test_imported_rows_are_read_once_and_again_when_they_change(database: Database) -> None:
    """A row without a name of its own is not read twice; a changed row gets its new names only."""
    with database.write() as conn:
        keep_known(conn, (LOTUS, DAM, BARE), NOW)
    told: list[int] = []
    assert learn_names(database, reader(), told.append) == sum(told) == 3
    assert ProjectName(known("1"), "Lotus Tower", ("LKA",)) in names(database)
    assert ProjectName(known("2"), "Karuma Hydropower Plant", ("UGA",), "energy") in names(database)
    assert learn_names(database, reader()) == 0
    with database.write() as conn:
        keep_known(conn, (replace(LOTUS, facts=replace(LOTUS.facts, title="Loan for Hiyaa Towers")),), NOW)
    assert learn_names(database, reader()) == 1
    assert "Lotus Tower" not in {name.name for name in names(database)}
    assert "Hiyaa Towers" in {name.name for name in names(database)}


def test_a_record_is_called_what_its_articles_call_it(database: Database) -> None:
    """Its names come from its title and articles, follow its changes and its merges, and end with it."""
    facts = replace(FACTS, title="Huawei → Ghana: Lotus Tower", countries=("GHA",))
    with database.write() as conn:
        for number in (1, 2):
            record = ProjectRecord(f"off-2026-{number:06d}", facts, (), (stored_candidate(conn),), NOW, NOW)
            insert_project(conn, record, 2026, number)
    assert learn_names(database, reader()) == 2
    towers = {str(name.target) for name in names(database) if name.name == "Lotus Tower"}
    assert towers == {"project:off-2026-000001", "project:off-2026-000002"}
    with database.write() as conn:
        first, second = get_project(conn, "off-2026-000001"), get_project(conn, "off-2026-000002")
        assert first is not None
        assert second is not None
        redirect(conn, second, first.id, NOW)
        save_projects(conn, [(first, replace(first, facts=replace(facts, title="Huawei → Ghana: Hiyaa Tower")))])
        assert set(unnamed_records(conn)) == {first.id}
    assert learn_names(database, reader()) == 1
    assert {str(name.target) for name in names(database)} == {"project:off-2026-000001"}
    assert "Hiyaa Tower" in {name.name for name in names(database)}
    with database.write() as conn:
        found = get_project(conn, first.id)
        assert found is not None
        save_projects(conn, [(found, replace(found, withdrawn="no project"))])
    assert names(database) == set()


def test_a_run_loads_what_is_known_and_reads_what_is_not(database: Database) -> None:
    """What was imported since the last run is called by its names in the next one."""
    layers = Layers.of(None)
    assert load_names(database, layers) == ()
    with database.write() as conn:
        keep_known(conn, (LOTUS,), NOW)
    assert "Lotus Tower" in {name.name for name in load_names(database, layers)}
    with database.read() as conn:
        kept = conn.execute(sa.select(sa.func.count()).select_from(project_name)).scalar_one()
    assert [name.name for name in load_names(database, layers)].count("Lotus Tower") == 1
    with database.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(project_name)).scalar_one() == kept


def test_an_analyst_knows_the_projects_of_a_database(database: Database) -> None:
    """What `offing explain` makes of a stored article rests on the names that were read last."""
    with database.write() as conn:
        keep_known(conn, (LOTUS,), NOW)
    learn_names(database, reader())
    analyst = load_analyst(None)
    text = "The Lotus Tower is closed."
    assert not analyst.recognizer.screen(text, "en")
    assert knowing(analyst, database).recognizer.screen(text, "en")
