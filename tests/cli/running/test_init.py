"""The commands of ops: init, feeds, add, run, quarantine, db, config, doctor, read; what they say and refuse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from site_runner import Shell, shell_in, site_in

from offing.sample import Newsroom


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """A shell in an empty folder."""
    with shell_in(tmp_path, monkeypatch) as found:
        yield found


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Iterator[Shell]:
    """A shell in a new site."""
    with site_in(tmp_path, monkeypatch, sqlite_template) as found:
        yield found


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    """The sample newsroom, allowed by name, without a pause between requests."""
    with Newsroom() as found:
        monkeypatch.setenv("OFFING_ALLOWED_HOSTS", ":".join(map(str, found.host)))
        monkeypatch.setenv("OFFING_HOST_DELAY", "0")
        yield found


def test_without_a_site_each_command_names_init(shell: Shell) -> None:
    """Nothing is made by accident; the sentence says what to do."""
    assert "offing init" in shell.refused("run")
    assert "offing init" in shell.refused("queue", "list")
    assert not list(shell.folder.glob("*.db"))


def test_init_makes_a_site_and_is_harmless_when_repeated(shell: Shell) -> None:
    """A database and an empty overlay; feeds by group of the catalogue."""
    assert "0 feeds added" in shell.call("init")
    assert "feeds added" in shell.call("init", "--feeds", "africa-east")
    added = len(shell.json("feeds", "list", "--json"))
    assert added > 10
    shell.call("init", "--feeds", "africa-east")
    assert len(shell.json("feeds", "list", "--json")) == added
    assert "no group" in shell.refused("init", "--feeds", "mars")
    assert (shell.folder / "config").is_dir()


def test_feeds_are_added_listed_exported_and_imported(site: Shell) -> None:
    """OPML goes out and in again; what is watched already is not added twice."""
    assert "no feeds yet" in site.call("feeds", "list")
    assert "1 feed added" in site.call("feeds", "add", "https://a.test/feed", "--title", "A", "--language", "fr")
    assert "0 feeds added" in site.call("feeds", "add", "https://A.test:443/feed")
    assert "A" in site.call("feeds", "list")
    site.call("feeds", "export", "all.opml")
    assert "https://a.test/feed" in site.call("feeds", "export")
    assert "0 feeds added, 1 already watched" in site.call("feeds", "import", "all.opml")
    assert "not a web address" in site.refused("feeds", "add", "file:///etc/passwd")
    assert "name a URL" in site.refused("feeds", "add")
    assert "africa-east" in site.call("feeds", "groups")
    assert "no problems" in site.call("feeds", "list", "--problems")


def test_an_opml_without_feeds_is_refused(site: Shell) -> None:
    """A file that holds no feed is named."""
    (site.folder / "x.opml").write_text("nonsense")
    assert "contains no usable feed" in site.refused("feeds", "import", "x.opml")
    assert "there is no file" in site.refused("feeds", "import", "y.opml")
    assert "http://127.0.0.1:9/x.opml: " in site.refused("feeds", "import", "http://127.0.0.1:9/x.opml")


@pytest.mark.slow
def test_a_run_over_the_newsroom_by_hand_and_whole(site: Shell, room: Newsroom) -> None:
    """Each verb by hand, then the whole job: nothing is left, nothing is asked twice."""
    feeds = [spec.url for spec in room.feeds()[:6]]
    site.call("feeds", "add", *feeds)
    assert site.json("poll", "--json")["exit_code"] == 0
    for verb in ("fetch", "extract", "recognize", "propose"):
        site.call(verb)
    asked = list(room.served)
    site.call("run")
    assert list(room.served) == asked
    listed = site.json("feeds", "list", "--json")
    assert {(feed["state"], feed["outcome"]) for feed in listed} == {("healthy", "ok")}
    assert all(feed["entries"] for feed in listed)


def test_a_dead_host_and_a_page_are_reported_and_the_rest_goes_on(site: Shell, room: Newsroom) -> None:
    """A feed that cannot be had is no fault of ours: exit 0, a state, a cause."""
    site.call("feeds", "add", room.feeds()[0].url, f"{room.base}/nothing-here", "http://10.0.0.1/feed")
    assert site.run("run").exit_code == 0
    found = {feed["url"]: feed for feed in site.json("feeds", "list", "--json")}
    assert found[f"{room.base}/nothing-here"]["outcome"] == "error"
    assert "404" in found[f"{room.base}/nothing-here"]["cause"]
    assert found["http://10.0.0.1/feed"]["outcome"] == "blocked"
    assert "OFFING_ALLOWED_HOSTS" in found["http://10.0.0.1/feed"]["next_step"]
    assert "10.0.0.1" in site.call("feeds", "list", "--problems")
    assert site.run("run", "--strict").exit_code == 0


def test_strict_tells_by_exit_code_that_a_source_needs_a_person(site: Shell, room: Newsroom) -> None:
    """The change of state is told once."""
    site.call("feeds", "add", "http://10.0.0.1/feed")
    assert site.run("run", "--strict").exit_code == 3


def test_feeds_check_asks_once_and_stores_nothing(shell: Shell, room: Newsroom) -> None:
    """What a first poll would come to, without a database."""
    assert "ok:" in shell.call("feeds", "check", room.feeds()[0].url)
    assert shell.run("feeds", "check", f"{room.base}/nothing-here").exit_code == 1
    assert not list(shell.folder.glob("*.db"))


def test_an_article_found_elsewhere_goes_the_same_path(site: Shell, room: Newsroom) -> None:
    """Added by hand, from stdin too; known ones are not added twice."""
    url = f"{room.base}/x/1"
    assert "1 added, 0 already known" in site.call("add", url)
    assert "0 added, 1 already known" in site.call("add", "-", text=f"{url}\n")
    assert "not a web address" in site.refused("add", "javascript:alert(1)")
    assert site.run("run").exit_code == 0


def test_read_shows_what_extraction_sees(shell: Shell) -> None:
    """A saved page gives title and text; an empty one says why not."""
    words = " ".join(["The ministry signed a contract with the company for a data centre in the capital."] * 5)
    head = "<html lang=en><head><title>Deal</title></head>"
    page = f"{head}<body><article><h1>Deal</h1><p>{words}</p></article></body></html>"
    (shell.folder / "page.html").write_text(page)
    assert "The ministry signed" in shell.call("read", "page.html")
    assert shell.json("read", "page.html", "--json")["title"] == "Deal"
    (shell.folder / "empty.html").write_text("<html></html>")
    empty = shell.run("read", "empty.html")
    assert (empty.exit_code, "empty.html: no article" in empty.output) == (1, True)
    assert "neither" in shell.refused("read", "missing.html")


def test_quarantine_database_config_and_doctor(shell: Shell) -> None:
    """What ops look at when something is wrong, on a site where nothing is."""
    assert shell.run("doctor").exit_code in (0, 1)
    shell.call("init")
    assert "the quarantine is empty" in shell.call("quarantine", "list")
    assert shell.json("quarantine", "list", "--json") == []
    assert "0 items" in shell.call("quarantine", "retry", "--verb", "extract")
    assert "up to date" in shell.call("db", "check")
    assert "database schema: revision" in shell.call("db", "upgrade")
    assert "catalogue" in shell.call("config", "check")
    assert "no config of its own" in shell.call("config", "diff")
    looked = shell.run("doctor", "--json").output
    assert looked.startswith("[")
    assert "SQLite" in looked
    assert "set OFFING_CONTACT" in looked


def test_doctor_names_files_that_others_can_read(shell: Shell) -> None:
    """New ones are their owner's alone; one of before is named with what to type."""
    shell.call("init")
    assert "private files" not in shell.run("doctor").output
    (shell.folder / "offing.db").chmod(0o644)
    assert "offing.db has mode 0644: others can read it: chmod 600 offing.db" in shell.run("doctor").output


def test_a_broken_config_names_file_and_line_and_nothing_is_asked(site: Shell) -> None:
    """Exit 2, one sentence; the run does not begin."""
    (site.folder / "config" / "fetch.toml").write_text("colour = 1\n")
    assert "fetch.toml:1: colour" in site.refused("run")
    assert site.run("config", "check").exit_code == 2
    assert "colour" in site.call("config", "diff")


def test_an_unknown_pipeline_is_named(site: Shell) -> None:
    """The sentence lists those that there are."""
    assert "hourly" in site.refused("run", "weekly")
