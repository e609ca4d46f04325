"""The loader of scoring.toml: a mistake is named with file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.weights.scoring import OBSERVED, load_scoring
from offing.config.wordings.wording import load_wording
from offing.errors import ConfigError
from offing.model.reading.mention import MentionKind
from offing.model.values.vocabulary import Concern, Role

MARKS, SAYS = "marks-", "says-"
# What constructions are made of, and where an article goes on to a second project: alone neither for nor against.
NOT_SCORED = {"second-project", "company-word", "money-word", "beats", "loses", "own-voice", "we-word", "shuts-out"}
NOT_SCORED |= {"several", *(f"several-{number}" for number in range(2, 7)), "deal-word", "list-opening", "names-nobody"}
NOT_SCORED |= {"sum-part-before", "sum-part-behind"}


def site(tmp_path: Path, text: str) -> Layers:
    """A site whose scoring.toml holds a text, over what ships."""
    (tmp_path / "scoring.toml").write_text(text, encoding="utf-8")
    return Layers.of(tmp_path)


def test_what_ships_loads() -> None:
    """The shipped rules have a cut, a weight and a sentence for each reason, and levels by dotted name."""
    rules = load_scoring(Layers.of(None))
    assert 0 < rules.cut < 1
    assert set(OBSERVED) <= set(rules.weights) == set(rules.texts)
    assert rules.levels["zones.title"] > rules.levels["zones.tail"]
    assert rules.levels["markers.firms.elsewhere"] < 1
    assert rules.levels["limits.amounts_small"] > 1000
    assert len(rules.version) == 12


def test_a_site_overlays_single_keys(tmp_path: Path) -> None:
    """A site changes one number; everything else stays as it ships, and the version tells that it changed."""
    shipped = load_scoring(Layers.of(None))
    rules = load_scoring(site(tmp_path, "[score]\ncut = 0.7\n[reasons.sport]\nweight = -9\n"))
    assert (rules.cut, rules.weights["sport"]) == (0.7, -9)
    assert rules.texts["sport"] == shipped.texts["sport"]
    assert rules.levels == shipped.levels
    assert rules.version != shipped.version


def test_a_site_may_add_a_reason_for_its_own_signal(tmp_path: Path) -> None:
    """A new signal of the wordings gets its weight here."""
    rules = load_scoring(site(tmp_path, '[reasons.pandemic]\nweight = -1\ntext = "Covid: {what}."\n'))
    assert rules.weights["pandemic"] == -1


@pytest.mark.parametrize(
    ("text", "line", "key", "message"),
    [
        ("[score]\ncut = 2\n", 2, "score.cut", "less than 1"),
        ('[score]\ncut = "high"\n', 2, "score.cut", "valid number"),
        ("[zones]\ntitle = 3\nhead = 1\n", 3, "zones.head", "is unknown"),
        ("[limits]\n\nlenders_worded_share = 1.5\n", 3, "limits.lenders_worded_share", "less than or equal to 1"),
        ("[reasons.sport]\nweight = 99\n", 2, "reasons.sport.weight", "less than or equal to 20"),
        ("[reasons.mine]\nweight = 1\n", 1, "reasons.mine.text", "Field required"),
        ("[markers.firms]\nelsewhere = -1\n", 2, "markers.firms.elsewhere", "greater than or equal to 0"),
    ],
)
def test_a_mistake_names_file_line_and_key(tmp_path: Path, text: str, line: int, key: str, message: str) -> None:
    """What is wrong, where, and under which key."""
    with pytest.raises(ConfigError) as caught:
        load_scoring(site(tmp_path, text))
    assert (caught.value.path, caught.value.line, caught.value.key) == (tmp_path / "scoring.toml", line, key)
    assert message in str(caught.value)


def test_an_observed_reason_must_have_a_weight(tmp_path: Path) -> None:
    """Without a layer that weighs what the stage observes the rules are incomplete."""
    whole = (Layers.of(None).folders[0] / "scoring.toml").read_text(encoding="utf-8")
    start = whole.index("[reasons.no-target]")
    end = whole.index("[reasons.", start + 1)
    (tmp_path / "scoring.toml").write_text(whole[:start] + whole[end:], encoding="utf-8")
    with pytest.raises(ConfigError, match=r"reasons\.no-target"):
        load_scoring(Layers((tmp_path,)))


def test_every_signal_of_the_wordings_means_something() -> None:
    """Each signal has a weight, is a marker that some field knows, or names a speaker."""
    rules = load_scoring(Layers.of(None))
    markers = {name.rsplit(".", 1)[1] for name in rules.levels if name.startswith("markers.")}
    markers |= {"future", "no-price", "owner", "giving", "paying"}  # those the stage reads beside what they mark
    markers |= {"apposition", "after", "new-clause", "no-part", "only-offered", "other-works"}
    markers |= {"beaten", "lost-out", "blacklist", "denied", "does", "done-by", "said-firm"}
    signals = {cue.key for cue in load_wording(Layers.of(None)).cues if cue.kind == MentionKind.SIGNAL}
    unknown = {
        key
        for key in signals - set(rules.weights) - NOT_SCORED
        if not key.startswith(SAYS) and key.removeprefix(MARKS) not in markers
    }
    assert unknown == set()


def test_every_kind_of_cue_speaks_all_seven_languages() -> None:
    """No key of sectors, statuses, roles, flows, modes, concerns, record types or signals lacks a language."""
    spoken: dict[tuple[str, str], set[str]] = {}
    for cue in load_wording(Layers.of(None)).cues:
        spoken.setdefault((cue.kind, cue.key), set()).add(cue.language)
    short = {key: langs for key, langs in spoken.items() if langs != {"en", "fr", "es", "pt", "zh", "ru", "ar"}}
    assert short == {}
    assert {key for kind, key in spoken if kind == MentionKind.CONCERN} == set(Concern)


def test_what_names_of_firms_tell_of_their_part_is_config(tmp_path: Path):
    """The words of all languages stand in one pattern for each part; a site's list lies over the one that ships."""
    folder = tmp_path / "wording/firm-roles"
    folder.mkdir(parents=True)
    (folder / "it.toml").write_text('contractor = ["costruzioni"]\n', encoding="utf-8")
    (folder / "ru.toml").write_text("operator = []\n", encoding="utf-8")
    ours, shipped = load_scoring(Layers.of(tmp_path)), load_scoring(Layers.of(None))
    assert set(shipped.names) == {*Role} - {Role.PARTNER} | {"public_body"}
    assert {"construct", "工程", "costruzioni"} <= set(ours.names["contractor"].split("|"))
    assert "портов" in shipped.names["operator"]
    assert "портов" not in ours.names["operator"]
    assert ours.version != shipped.version


def test_words_by_which_sentences_are_read_are_config(tmp_path: Path):
    """A further language's words count beside those that ship, and a part without any word is told with its remedy."""
    folder = tmp_path / "wording/sentence-grammar"
    folder.mkdir(parents=True)
    (folder / "it.toml").write_text('together = ["insieme a"]\nfuture = ["sarà"]\n', encoding="utf-8")
    ours, shipped = load_scoring(Layers.of(tmp_path)), load_scoring(Layers.of(None))
    assert set(ours.grammar["together"].split("|")) == {*shipped.grammar["together"].split("|"), "insieme a"}
    assert ours.grammar["future.it"] == "sarà"
    assert ours.version != shipped.version
    (folder / "zh.toml").write_text("percent_before = []\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sentence-grammar: percent_before: .*in any language: percent_before = \["):
        load_scoring(Layers.of(tmp_path))
