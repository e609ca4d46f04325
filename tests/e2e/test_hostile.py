"""All feeds of a hostile server in one run: nothing crashes, nothing leaks, all are told apart."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from e2e.site import Site
from equipment import hostile_server
from steps.test_poll_hostile import ALSO_RIGHT, ON_A_FIRST_POLL

AGREEMENT = 0.95
# Not asked, by policy: the guard refuses the address itself, before any connection.
NEVER_ASKED = {"blocked", "error", "skip"}


@pytest.mark.slow
@pytest.mark.timeout(1100)
def test_every_hostile_feed_in_one_run(tmp_path: Path) -> None:
    """More than 250 hostile feeds, their pages and all that follows, in one run of the main job."""
    with hostile_server.HostileServer(hostile_server.Options(port=0, seconds=1000, quiet=True)) as server:
        listing = server.listing()
        cases = [case for case in listing["cases"] if case["served"] and case["kind"] in ("feed", "sitemap")]
        ports = {f"{url.hostname}:{url.port}" for case in cases if (url := urlsplit(case["url"])).port}
        site = _site(tmp_path, (*listing["allow"], *sorted(ports)))
        urls = {case["url"] for case in cases}
        (tmp_path / "feeds.json").write_text(json.dumps(sorted(urls)))
        assert f"{len(urls)} feeds added" in site.call("feeds", "import", "feeds.json")
        run = subprocess.run(
            [sys.executable, "-m", "offing", "run"],
            cwd=tmp_path,
            env={**site.env, "OFFING_RETRY_SCOPE": "feed"},
            capture_output=True,
            text=True,
            check=False,
        )
        asked = {row["case"] for row in server.requests()}
        canary = server.requests(canary=True)
        token = listing["canary_token"]
    assert run.returncode in (0, 1)
    assert "Traceback" not in run.stderr
    assert canary == []
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("offing.*") if file.is_file())
    assert token.encode() not in kept, "what only the internal service says is neither stored nor logged"
    found = {feed["url"]: feed for feed in site.json("feeds", "list", "--json")}
    assert len(found) == len(urls) >= 250
    wrong = {}
    for case in cases:
        outcome = found[case["url"]]["outcome"]
        right = {case["expect"]["outcome"], ON_A_FIRST_POLL.get(case["id"]), ALSO_RIGHT.get(case["id"])}
        if outcome not in right:
            wrong[case["id"]] = (outcome, found[case["url"]]["cause"])
        on_main_port = urlsplit(case["url"]).netloc == urlsplit(listing["base"]).netloc
        if on_main_port and urlsplit(case["url"]).scheme == "http" and case["id"] not in asked:
            assert outcome in NEVER_ASKED, f"{case['id']} was never asked"
    assert len(wrong) <= (1 - AGREEMENT) * len(cases), wrong


def _site(folder: Path, allowed: tuple[str, ...]) -> Site:
    """A site that is done with slow answers, and with the thousands of like pages of the largest feeds, sooner."""
    site = Site(folder, f"sqlite:///{folder / 'offing.db'}", allowed)
    site.call("init")
    (folder / "config" / "fetch.toml").write_text("deadline_seconds = 10\n")
    text = (Path(__file__).parents[2] / "pipelines" / "hourly.toml").read_text()
    assert "max_minutes = 50" in text
    (folder / "pipelines").mkdir()
    # Feeds come first; pages that are not read by then may wait for the next run.
    (folder / "pipelines" / "hourly.toml").write_text(text.replace("max_minutes = 50", "max_minutes = 8"))
    return site
