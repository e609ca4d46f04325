"""`offing publish`."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factories.candidate import stored_candidate
from offing.cli import group
from offing.cli.site import Site
from offing.errors import UsageError
from offing.settings import Settings
from offing.store.database.engine import Database


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site with one record."""
    with sqlite_database.write() as conn:
        stored_candidate(conn, state="accepted")
    found = Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "log"), user="ana"))
    _run(found, "promote")
    return found


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)


def test_a_release_is_written(site: Site, tmp_path: Path) -> None:
    """The command says what it wrote and whether it was there before; the checksums hold."""
    out = tmp_path / "r"
    first = _run(site, "publish", "1.0", "--out", str(out)).stdout
    assert first == f"release 1.0 (new): 1 record in {out}\n1 project added\n"
    again = _run(site, "publish", "1.0", "--out", str(out)).stdout
    assert again == f"release 1.0 (written again, unchanged): 1 record in {out}\n"
    tool = shutil.which("sha256sum")
    if tool:
        subprocess.run([tool, "--check", "--quiet", "SHA256SUMS"], cwd=out, check=True)


def test_a_bad_version_is_refused(site: Site, tmp_path: Path) -> None:
    """A version that is no plain word is refused."""
    with pytest.raises(UsageError, match="is not a version"):
        _run(site, "publish", "../x", "--out", str(tmp_path / "r"))
