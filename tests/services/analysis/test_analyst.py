"""A recognizer is made once, and anew when a name or wording changes."""

from __future__ import annotations

from pathlib import Path

from offing.config.files.layers import Layers
from offing.model.reading.mention import MentionKind
from offing.model.sources.article import Article
from offing.services.analysis.analyst import recognizer_of


def test_what_stays_is_kept_and_what_changes_is_read(tmp_path: Path) -> None:
    """A site that writes down a name finds it at once."""
    site = Layers.of(tmp_path)
    before = recognizer_of(site)
    assert recognizer_of(Layers.of(None)) is before
    words = tmp_path / "wording/status/en.toml"
    words.parent.mkdir(parents=True)
    words.write_text('completed = ["has been bedazzled"]\n', encoding="utf-8")
    after = recognizer_of(site)
    article = Article(1, "", ("The hall has been bedazzled.",), "en")
    found = [{m.key for m in each.recognize(article) if m.kind is MentionKind.STATUS} for each in (before, after)]
    assert found == [set(), {"completed"}]
