"""The main job on a newsroom: every article once, a second run none again, a queue with quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e.site import Site, gold, newsroom
from suite import WHOLE


def test_every_article_once_and_a_queue_with_quotes(tmp_path: Path) -> None:
    """Two feeds announce each article; it is fetched once, and never again by the next run."""
    rows = gold(40) if WHOLE else [row for row in gold(40) if row["lang"] == "en"][:8]
    with newsroom(tmp_path, rows) as room:
        site = Site(tmp_path, f"sqlite:///{tmp_path / 'offing.db'}", room.hosts)
        (tmp_path / "feeds.opml").write_bytes(room.opml)
        site.call("init")
        site.call("feeds", "import", "feeds.opml")
        tally = site.json("run", "--json")
        pages = {path: count for path, count in room.served().items() if not path.endswith((".xml", ".json"))}
        assert len(pages) == len(rows)
        assert set(pages.values()) == {1}
        assert tally["exit_code"] == 0
        site.call("run")
        after = {path: count for path, count in room.served().items() if not path.endswith((".xml", ".json"))}
        assert after == pages
    queue = site.json("queue", "list", "--json")
    assert [item["score"] for item in queue] == sorted((item["score"] for item in queue), reverse=True)
    flagged = {url.rsplit("/", 1)[-1] for item in queue for url in item["urls"]}
    relevant = sum(row["relevant"] for row in rows)
    assert relevant * 0.7 <= len(flagged) <= relevant * 1.3
    shown = site.json("queue", "show", str(queue[0]["id"]), "--json")
    assert shown["evidence"], "each field is proved by a quote"
    feeds = site.json("feeds", "list", "--json")
    assert {feed["state"] for feed in feeds} == {"healthy"}


@pytest.mark.slow
def test_from_decision_to_release(tmp_path: Path) -> None:
    """Accept, promote, publish: the same data give the same bytes."""
    with newsroom(tmp_path, [row for row in gold() if row["relevant"]][:12]) as room:
        site = Site(tmp_path, f"sqlite:///{tmp_path / 'offing.db'}", room.hosts)
        (tmp_path / "feeds.opml").write_bytes(room.opml)
        site.call("init")
        site.call("feeds", "import", "feeds.opml")
        site.call("run")
    first, second, *_ = site.json("queue", "list", "--json")
    site.call("decide", str(first["id"]), "accept", "--as", "ada")
    site.call("decide", str(second["id"]), "reject", "--reason", "known", "--as", "ada")
    assert {first["id"], second["id"]}.isdisjoint(item["id"] for item in site.json("queue", "list", "--json"))
    site.call("undo", str(second["id"]), "--as", "ada")
    assert second["id"] in {item["id"] for item in site.json("queue", "list", "--json")}
    site.call("promote")
    (project,) = site.json("projects", "list", "--json")
    assert project["id"].startswith("off-")
    site.call("publish", "2026.1", "--out", "one")
    site.call("publish", "2026.1", "--out", "two")
    one, two = (sorted((tmp_path / name).rglob("*")) for name in ("one", "two"))
    assert [path.read_bytes() for path in one if path.is_file()] == [
        path.read_bytes() for path in two if path.is_file()
    ]
    assert any(project["id"].encode() in path.read_bytes() for path in one if path.name == "projects.csv")
