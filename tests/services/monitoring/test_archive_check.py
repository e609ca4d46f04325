"""`offing doctor` on the archive of raw pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.services.monitoring.archive_check import check_archive


@pytest.mark.parametrize(
    ("rules", "found", "advice"),
    [
        ('folder = "{0}/a"', "1 file, 0 MB in {0}/a, the newest offing-20270109.warc.gz", ""),
        ('folder = "{0}/new"', "0 files, 0 MB in {0}/new", ""),
        ('folder = "{0}/no/where"', "{0}/no/where cannot be written", "nothing is pruned meanwhile"),
        ('folder = "{0}/a"\nbudget_mb = 900000000000', "1 file", "its disk takes "),
    ],
)
def test_an_archive_is_checked(tmp_path: Path, rules: str, found: str, advice: str) -> None:
    """Where it is, how much it has, and what keeps it from being written."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/offing-20270109.warc.gz").write_bytes(b"x")
    (tmp_path / "retention.toml").write_text(f"[archive]\n{rules.format(tmp_path)}\n")
    (finding,) = check_archive(Layers.of(tmp_path))
    assert finding.found.startswith(found.format(tmp_path))
    assert finding.advice.startswith(advice)
    assert bool(finding.advice) == bool(advice)


@pytest.mark.parametrize("text", ["", "[archive]\nbudget_mb = 5\n", "[days]\npages = 1\n"])
def test_without_an_archive_nothing_is_said(tmp_path: Path, text: str) -> None:
    """A wrong file is reported by the check of config files."""
    (tmp_path / "retention.toml").write_text(text)
    assert not list(check_archive(Layers.of(tmp_path)))
