"""Words by which pages are read: what ships is whole, a site's own lies over or beside it, a mistake names its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.wordings.test_wording import by_language, layers, over
from offing.config.checks import wording
from offing.config.files import cache
from offing.config.files.layers import Layers
from offing.config.wordings.page_words import load_page_words
from offing.errors import ConfigError
from offing.extract.page_readers import page_readers


def test_what_ships_speaks_seven_languages_and_more():
    """Each list has words; those of lines, calls and banners are of all languages of the pipeline."""
    words = load_page_words(Layers.of())
    for held in (words.lines, words.notices, words.markup):
        assert all(held.lists.values())
    for line in ("Реклама", "广告", "إعلان", "Publicité", "Publicidad", "Publicidade", "Werbung"):
        assert line in words.lines.words("alone")


def test_a_site_adds_words_and_takes_the_place_of_lists(tmp_path: Path):
    """A list under the name of one that ships stands instead of it; a file of one's own adds to it."""
    ours = by_language(tmp_path / "high", page_lines__pt='alone = ["Fala, leitor"]\n')
    words = load_page_words(over(Layers.of(), ours))
    assert "Fala, leitor" in words.lines.words("alone")
    assert "Publicidade" not in words.lines.words("alone")
    more = layers(tmp_path / "more", ours='kind = "page-notices"\n[of_this]\nsw = ["endelea hapa"]\n')
    calls = page_readers(load_page_words(over(Layers.of(), more))).calls
    assert calls.are_of_this("Endelea hapa »")
    assert calls.are_of_this("Soma zaidi")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("page_lines__it", 'teasr = ["leggi anche"]\n', "page-lines/it.toml:1: teasr: is unknown; did you mean 'te"),
        ("page_lines__it", '# x\nteaser = ["Leggi anche"]\n', "page-lines/it.toml:2: teaser: 'Leggi anche' has capit"),
        ("page_notices__it", 'more = ["leggi (altro"]\n', "page-notices/it.toml:1: more: 'leggi (altro' is no reg"),
        ("page_markup__it", "gates = 1\n", "page-markup/it.toml:1: gates: is no list"),
    ],
)
def test_a_slip_is_reported_by_file_and_line(tmp_path: Path, name: str, text: str, message: str):
    """When a run starts or `config check` is called, not when a page is read."""
    with pytest.raises(ConfigError) as error:
        wording(over(Layers.of(), by_language(tmp_path, **{name: text})))
    assert message in str(error.value)


def test_a_list_that_no_file_has_is_reported(tmp_path: Path):
    """It is no empty one: nothing would be known by it, and nobody would know."""
    with pytest.raises(ConfigError, match=r"page-lines: alone: .*in any language: alone = \["):
        load_page_words(by_language(tmp_path, page_lines__it='teaser = ["leggi anche"]\n'))


def test_what_was_loaded_is_kept_by_its_content(tmp_path: Path):
    """A process reads what another one made; a changed word is another content."""
    before = cache.folder_in_use()
    cache.set_up(tmp_path / "kept")
    try:
        site = over(Layers.of(), by_language(tmp_path / "site", page_lines__it='alone = ["Pubblicità"]\n'))
        first = load_page_words(site)
        kept = list((tmp_path / "kept").rglob("page-words"))
        assert load_page_words(site).lines.lists == first.lines.lists
        assert list((tmp_path / "kept").rglob("page-words")) == kept != []
        by_language(tmp_path / "site", page_lines__it='alone = ["Annuncio"]\n')
        assert "Annuncio" in load_page_words(site).lines.words("alone")
    finally:
        cache.set_up(before)
