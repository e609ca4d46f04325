"""`offing read`: what extraction sees on a page, in a saved file or in a PDF document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from little_site import little_site
from site_runner import Shell, shell_in

from extract.body.test_pdf import WHOLE, release
from extract.pages import BODY, H1, PARAGRAPHS, TITLE, html
from suite import some

OWN = "https://news.example/world/1"
HEAD = (
    f'<link rel="canonical" href="{OWN}"><meta name="author" content="Ana Silva">'
    '<meta property="article:section" content="World">'
    '<meta property="article:published_time" content="2024-03-05T09:30:00Z">'
)
PAGE = html(f"<article>{H1}{BODY}<p><a href='#'>Read more</a></p></article>", HEAD)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """A shell in an empty folder: no database is needed."""
    with shell_in(tmp_path, monkeypatch) as found:
        yield found


def test_a_saved_page_is_shown_with_all_that_was_seen(shell: Shell) -> None:
    """Its own address, who, when and by what, whether it is whole and by which sign, and the text."""
    (shell.folder / "saved.html").write_text(PAGE, encoding="utf-8")
    shown = shell.call("read", "saved.html")
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    for line in (
        *(TITLE, "outlet news.example", "author Ana Silva", "section World", "language en", f"address {OWN}"),
        "published 2024-03-05 09:30 UTC from the page's meta tags",
        "text 4 paragraphs, 430 characters",
        "complete no, truncated: after the text the page says “Read more”",
    ):
        assert line in lines
    assert " ".join(PARAGRAPHS) in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 100


def test_a_saved_page_as_json_is_complete(shell: Shell) -> None:
    """Every field of the article on top, its length, and the page beside it."""
    (shell.folder / "saved.html").write_text(PAGE, encoding="utf-8")
    found = shell.json("read", "saved.html", "--url", "https://news.example/w/1", "--json")
    assert (found["article"], found["title"], found["paragraphs"]) == (True, TITLE, list(PARAGRAPHS))
    assert (found["completeness"], found["section"], found["length"]) == ("truncated", "World", 430)
    assert (found["url"], found["page"]["url"]) == (OWN, "https://news.example/w/1")
    assert found["page"]["size"] == len(PAGE.encode())


def test_a_document_is_shown_with_its_pages(shell: Shell) -> None:
    """PDF documents are read as well, and the text says where a page begins."""
    (shell.folder / "release.pdf").write_bytes(release())
    shown = shell.call("read", "release.pdf")
    assert "4 paragraphs on 2 pages" in shown
    assert shown.index("page 1") < shown.index(WHOLE[0][:30]) < shown.index("page 2")
    assert "unknown; give it with --url" in shown
    assert shell.json("read", "release.pdf", "--json")["pages"] == [1, 1, 1, 2]


@pytest.mark.parametrize(
    ("content", "reason", "obstacle"),
    some(
        [
            (html("<h1>Subscribe to continue</h1><div class=paywall></div>").encode(), "behind a paywall", "paywall"),
            (b"", "the page is empty", None),
            (b"%PDF-1.7 broken", "the PDF document is damaged", None),
        ]
    ),
)
def test_without_an_article_the_reason_is_reported(
    shell: Shell, content: bytes, reason: str, obstacle: str | None
) -> None:
    """On stderr with exit code 1, or as JSON with the obstacle."""
    (shell.folder / "saved").write_bytes(content)
    done = shell.run("read", "saved")
    assert (done.exit_code, done.stdout) == (1, "")
    assert reason in done.stderr
    assert (f"({obstacle})" in done.stderr) == (obstacle is not None)
    plain = json.loads(shell.run("read", "saved", "--json").stdout)
    assert (plain["article"], plain["obstacle"], reason in plain["reason"]) == (False, obstacle, True)


def test_an_address_is_fetched_and_read(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what its publisher reserves; a page that cannot be had says why."""
    reserved = html(f"<article>{H1}{BODY}</article>", '<meta name="robots" content="noarchive">')
    with little_site({"/a": reserved}) as site:
        monkeypatch.setenv("OFFING_ALLOWED_HOSTS", site.host)
        shown = shell.call("read", site.url("/a"))
        assert "noarchive (rights reserved by the publisher)" in shown
        assert site.url("/a") in shown
        done = shell.run("read", site.url("/gone"))
    assert done.exit_code == 1
    assert "there is no page at this address (404)" in done.stderr


def test_a_rule_of_the_site_is_used(shell: Shell) -> None:
    """The site's own config decides as in a run."""
    outlets = shell.folder / "config" / "outlets"
    outlets.mkdir(parents=True)
    (outlets / "page.html").write_text("x", encoding="utf-8")
    (outlets / "own.toml").write_text(
        '[[rules]]\nsites = ["news.example"]\nbody = ".gone"\ntest_page = "page.html"\n'
        '[rules.expect]\ntitle = "x"\nfirst = "x"\nlast = "x"\n',
        encoding="utf-8",
    )
    (shell.folder / "saved.html").write_text(PAGE, encoding="utf-8")
    assert shell.json("read", "saved.html", "--json")["method"].endswith("+rule-missed")


def test_what_is_neither_page_nor_file_is_refused(shell: Shell) -> None:
    """With a sentence."""
    assert "'nowhere.html' is neither a web address nor a file" in shell.refused("read", "nowhere.html")
