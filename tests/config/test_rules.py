"""Rules from the cache: the same as from the files, and never those of yesterday."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from offing.config import rules
from offing.config.files import cache, derived
from offing.config.files.columns import NAMES, Rows, rules_of, values_of
from offing.config.files.layers import Layers
from offing.config.lexicons import lexicon
from offing.config.lexicons.lexicon import load_lexicon
from offing.config.lexicons.lexicon_files import ACTOR_FILES
from offing.config.rules import load_known_actors, load_rules
from offing.config.wordings.wording import load_wording
from offing.errors import ConfigError
from offing.model.reading.rules import Entity, EntityKind, Lexicon, RecognitionRules, Wording

ANALYSE = """
import json, sys, time
from offing.config.files import cache
from offing.model.sources.article import Article
from offing.settings import read_settings
cache.set_up(read_settings().cache)
from offing.services.analysis.analyst import load_analyst
analyst = load_analyst(None)
for language, text in json.load(sys.stdin):
    print(repr(analyst.study(Article(1, "", (text,), language))))
print(time.process_time(), file=sys.stderr)
"""
TEXTS = {
    "en": "Huawei and China Road and Bridge Corporation signed a $50 million loan for a data centre in Nairobi, Kenya.",
    "fr": "Le ministère a signé avec ZTE un accord de 20 millions d'euros pour la fibre optique à Dakar, au Sénégal.",
    "es": "La empresa china Sinohydro construirá una central en Quito por 300 millones de dólares.",
    "pt": "A Huawei entregou em Luanda um centro de dados financiado pelo Eximbank da China.",
    "ru": "Компания «Хуавэй» построит в Бишкеке центр обработки данных.",
    "ar": "وقعت شركة هواوي عقدا بقيمة 40 مليون دولار لبناء مركز بيانات في القاهرة.",
    "zh": "中国进出口银行向肯尼亚提供5000万美元贷款，由华为承建内罗毕数据中心。",
}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that this process keeps its values in."""
    before = cache.folder_in_use()
    cache.set_up(tmp_path / "cache")
    yield tmp_path / "cache"
    cache.set_up(before)


def analysed(texts: list[tuple[str, str]], kept: Path | None) -> tuple[str, float]:
    """What a fresh process makes of texts, and the seconds of a core that it takes."""
    done = subprocess.run(
        [sys.executable, "-c", ANALYSE],
        input=json.dumps(texts),
        env={**os.environ, "OFFING_CACHE": str(kept or "off"), "PYTHONHASHSEED": "random"},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout, float(done.stderr)


def test_columns_hold_all_of_it():
    """Lexicon and wordings come back as they were, row by row and field by field."""
    whole = (load_lexicon(Layers.of()), load_wording(Layers.of()))
    values = {name: json.dumps(value) for name, value in values_of(*whole).items()}
    assert set(values) == NAMES
    back = rules_of({name: partial(json.loads, value) for name, value in values.items()}, whole[0].version)
    assert [fields_of(each) for each in back] == [fields_of(each) for each in whole]


def fields_of(each: Lexicon | Wording) -> dict[str, object]:
    """All fields, those with rows as tuples of them."""
    values = {name: getattr(each, name) for name in type(each).__slots__}
    rows = values.keys() - {
        "gazetteer",
        "version",
        "large_towns",
        "currency_countries",
        "small_words",
        "simplified",
        "language_words",
    }
    return {name: tuple(value) if name in rows else value for name, value in values.items()}


def test_the_key_is_the_content(tmp_path: Path):
    """A line more is another key, the same content is the same one wherever it lies, and another layer is another."""
    first, second = tmp_path / "a", tmp_path / "b"
    for site in (first, second):
        (site / "lexicons").mkdir(parents=True)
        (site / "lexicons" / "firms.csv").write_text("id,name\n")
    keys = {rules._keys(Layers.of(site)) for site in (first, second)}
    assert len(keys) == 1
    (second / "lexicons" / "firms.csv").write_text("id,name\nx,Xu Works\n")
    keys |= {rules._keys(Layers.of(second)), rules._keys(Layers.of()), rules._keys(Layers((first, second)))}
    keys.add(rules._keys(Layers((second, first))))
    assert len(keys) == 5


@pytest.mark.parametrize(
    ("file", "same"),
    [
        ("lexicons/firms.csv", [False, True]),
        ("lexicons/false_friends.csv", [True, False]),
        ("lexicons/more.csv", [True, False]),
        ("lexicons/name_endings.csv", [False, False]),  # of their names, and of those that no list has
    ],
)
def test_a_new_firm_leaves_all_else_as_it_was(tmp_path: Path, file: str, same: list[bool]):
    """Firms and lenders have a key of their own; any file that is not theirs counts for the other."""
    (tmp_path / "lexicons").mkdir()
    (tmp_path / file).write_text("id,name\n")
    before, after = rules._keys(Layers.of()), rules._keys(Layers.of(tmp_path))
    assert before
    assert after
    assert [one == other for one, other in zip(before, after, strict=True)] == same


def test_firms_and_lenders_come_from_the_cache_as_from_their_files(folder: Path, tmp_path: Path):
    """First as they are read, then as they were kept; a wrong row is told though they were kept before."""
    table = tmp_path / "lexicons/firms.csv"
    table.parent.mkdir()
    table.write_text("id,name,name_zh,parent,kind,source,note\nxu-works,Xu Works,,,firm,own,\n")
    read, kept = (load_known_actors(Layers((tmp_path,))) for _ in range(2))
    assert isinstance(read.firms, tuple)
    assert isinstance(kept.firms, Rows)
    assert tuple(kept.firms) == read.firms == (Entity("xu-works", "Xu Works", EntityKind.FIRM),)
    table.write_text(table.read_text() + "xu-works,Xu,,,firm,own,\n")
    with pytest.raises(ConfigError, match="is already in line"):
        load_known_actors(Layers((tmp_path,)))


@pytest.mark.parametrize(
    ("name", "text", "of_actors"),
    [
        ("transcription/it.toml", '[words]\nchina = ["cina"]\n', True),
        ("our_words.toml", 'kind = "transcription"\n[words.china]\nit = ["cina"]\n', True),
        ("status/it.toml", 'signed = ["firmato"]\n', False),
    ],
)
def test_names_are_kept_by_how_they_are_spelled_too(tmp_path: Path, name: str, text: str, *, of_actors: bool):
    """A site's spelling of firms' names renews their patterns; another wording leaves them."""
    before = rules._keys(Layers.of(tmp_path))
    (tmp_path / "wording" / name).parent.mkdir(parents=True)
    (tmp_path / "wording" / name).write_text(text, encoding="utf-8")
    after = rules._keys(Layers.of(tmp_path))
    assert before is not None
    assert after is not None
    assert (before[0] != after[0]) is of_actors
    assert before[1] != after[1]


@pytest.mark.slow
def test_a_key_stands_for_all_files_that_its_values_are_read_from(monkeypatch: pytest.MonkeyPatch):
    """Firms and lenders come from their own files alone, and nothing else reads those."""
    opened: set[str] = set()
    read = Path.open

    def noted(path: Path, *args: Any, **more: Any) -> Any:
        opened.add(path.name)
        return read(path, *args, **more)

    monkeypatch.setattr(Path, "open", noted)
    own = {Path(file).name for file in ACTOR_FILES}
    actors = lexicon.load_actors(Layers.of())
    assert opened == own
    opened.clear()
    monkeypatch.setattr(lexicon, "load_actors", lambda _: actors)
    monkeypatch.setattr(lexicon, "lexicon_version", lambda _: "")
    load_lexicon(Layers.of())
    load_wording(Layers.of())
    assert {"places.csv", "country_forms.csv", "false_friends.csv", "pt.toml"} <= opened
    assert opened.isdisjoint(own)


def test_files_that_change_while_they_are_read_are_not_kept(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """Nobody knows which of both contents was read."""
    site = Layers((tmp_path / "site",))
    found = RecognitionRules(Lexicon((), (), (), (), (), ()), Wording((), (), ()))

    def edited(_: Layers) -> tuple[RecognitionRules, dict[str, Any]]:
        (tmp_path / "site/lexicons").mkdir(parents=True)
        (tmp_path / "site/lexicons/firms.csv").write_text("id,name\n")
        return found, {"firms": [[]]}

    monkeypatch.setattr(rules, "_loaded", edited)
    assert load_rules(site) is found
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_code_that_changed_since_this_process_began_keeps_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """What runs is then not what stands on disk."""
    monkeypatch.setattr(derived, "_STARTED", 0.0)
    derived.code_digest.cache_clear()
    assert rules._keys(Layers.of()) is None
    derived.code_digest.cache_clear()


@pytest.mark.slow
def test_a_line_in_the_lexicon_counts_at_once(tmp_path: Path, folder: Path):
    """And no longer once it is gone; a wrong one is told as ever."""
    site = tmp_path / "site"
    table = site / "lexicons" / "firm_aliases.csv"
    table.parent.mkdir(parents=True)

    def aliases() -> set[str]:
        return {alias.text for alias in load_rules(Layers.of(site)).lexicon.aliases}

    header = "firm,alias,lang,case,near,source,note\n"
    table.write_text(header)
    assert "Bedazzled Works" not in aliases()
    table.write_text(header + "huawei,Bedazzled Works,en,,,,\n")
    assert "Bedazzled Works" in aliases()
    table.write_text(header)
    assert "Bedazzled Works" not in aliases()
    table.write_text(header + "nobody,Bedazzled Works,en,,,,\n")
    with pytest.raises(ConfigError, match="nobody"):
        aliases()


@pytest.mark.slow
def test_what_is_found_is_the_same_with_and_without(folder: Path):
    """In all languages, without a cache, while it fills, once it is full, and where one of its files is torn."""
    texts = list(TEXTS.items())
    without, seconds = analysed(texts, None)
    filling, _ = analysed(texts, folder)
    full, fewer = analysed(texts, folder)
    for file in folder.glob("*/*"):
        file.write_bytes(file.read_bytes()[:-7])
    torn, _ = analysed(texts, folder)
    assert len(without.splitlines()) == len(TEXTS)
    assert filling == full == torn == without
    assert fewer < 0.6 * seconds  # a third where nothing else runs


@pytest.mark.slow
def test_the_first_article_of_a_process_is_quick(folder: Path):
    """Two seconds of a core, less than a third of what it is where nothing was kept; twice that on a busy machine."""
    analysed([("en", TEXTS["en"])], folder)
    assert min(analysed([("en", TEXTS["en"])], folder)[1] for _ in range(2)) < 4.0
