"""`offing add`: articles found elsewhere, each told what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from site_runner import Shell, site_in


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Iterator[Shell]:
    """A shell in a site's folder."""
    with site_in(tmp_path, monkeypatch, sqlite_template) as found:
        yield found


def test_each_address_is_reported_what_became_of_it(shell: Shell) -> None:
    """Added, known with who brought it, refused with the reason; exit code 1 where some cannot be used."""
    (shell.folder / "found.txt").write_text(
        "\ufeffhttps://a.example/1\n\n# remark\nfile:///etc/passwd\nhttps://a.example/1\n"
    )
    done = shell.run("add", "--from", "found.txt", "https://a.example/2", "--as", "ada")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "added    https://a.example/2",
        "added    https://a.example/1",
        "refused  file:///etc/passwd",
        "         not a web address: 'file:///etc/passwd'",
        "2 added, 0 already known, 1 unusable; next: offing run",
    ]
    (known,) = shell.json("add", "http://a.example/1/?utm_source=x", "--json")
    assert (known["result"], known["detail"].startswith("its page waits to be fetched; brought by ada on")) == (
        "known",
        True,
    )


def test_addresses_come_from_stdin(shell: Shell) -> None:
    """By `-`, or as the file to read."""
    assert "2 added" in shell.call("add", "-", text="https://a.example/1\nhttps://a.example/2\n")
    assert "0 added, 1 already known\n" in shell.call("add", "--from", "-", text="https://a.example/1\n")


def test_what_cannot_be_used_at_all_is_refused(shell: Shell) -> None:
    """No address, no file, only addresses that are none."""
    assert "give a URL" in shell.refused("add")
    assert "there is no file 'x.txt'" in shell.refused("add", "--from", "x.txt")
    assert "longer than 2,048" in shell.refused("add", f"https://a.example/{'x' * 3000}")


def test_a_text_without_a_page_goes_the_same_path(shell: Shell) -> None:
    """A pasted article is read by the next run; the same text again is known, and its adder sees how far it came."""
    paragraph = "Huawei signed a contract worth $172.5 million with Kenya's ICT Authority for a data centre at Konza. "
    (shell.folder / "a.txt").write_text(
        f"{paragraph * 2}\n\nThe data centre will be built within 18 months. {paragraph}"
    )
    words = ("add", "--text", "a.txt", "--title", "Kenya signs for data centre", "--day", "2026-03-02", "--as", "ada")
    assert "1 added" in shell.call(*words)
    assert "its page waits to be read" in shell.call(*words)
    shell.call("extract")
    shell.call("recognize")
    shell.call("propose")
    (item,) = shell.json("queue", "list", "--json")
    assert item["countries"] == ["KEN"]
    assert "candidate 1 (open); brought by ada" in shell.call(*words)


def test_a_text_needs_a_title_and_stands_at_one_address(shell: Shell) -> None:
    """What is missing is named."""
    (shell.folder / "a.txt").write_text("text")
    assert "needs its title and its text" in shell.refused("add", "--text", "a.txt")
    assert "only one URL" in shell.refused("add", "--text", "a.txt", "--title", "x", "https://a.test", "https://b.test")
    assert "not a web address" in shell.refused("add", "--text", "a.txt", "--title", "x", "ftp://a.test/x")
