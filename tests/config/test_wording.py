"""Loading the wordings: what ships is sound, a site's files lie over it, mistakes are told by file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.layers import Layers
from offing.config.wording import CUE_KEYS, load_wording
from offing.errors import ConfigError
from offing.model.patterns import PatternRole, PatternWord
from offing.model.rules import Cue, CurrencyForm, NumberWord


def layers(folder: Path, **files: str) -> Layers:
    """A config folder with some files below `wording`."""
    (folder / "wording").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / "wording" / f"{name}.toml").write_text(text, encoding="utf-8")
    return Layers((folder,))


def test_what_ships_is_sound():
    """The shipped wordings speak seven languages."""
    wording = load_wording(Layers.of())
    assert {cue.kind for cue in wording.cues} == set(CUE_KEYS)
    assert {cue.language for cue in wording.cues} >= {"en", "fr", "es", "pt", "zh", "ru", "ar"}
    assert {form.currency for form in wording.currencies} >= {"USD", "CNY", "XOF", "KES", "TJS"}
    assert {word.role for word in wording.pattern_words} == set(PatternRole) - {PatternRole.BODY_LINK}  # of others
    assert wording.version


def test_files_become_rules(tmp_path: Path):
    """Every kind of file arrives in its rules."""
    wording = load_wording(
        layers(
            tmp_path,
            status=(
                'kind = "status"\n[cues.signed]\nen = ["signed", {text = "inked", weight = 0.5}]\nru = ["подписан"]\n'
            ),
            signals='kind = "signal"\n[cues.anything-goes]\n"*" = ["deal"]\n',
            currencies=(
                'kind = "currencies"\nwordlike_codes = ["TOP"]\n[always.USD]\n"*" = ["$"]\n[local.ZMW]\n"*" = ["K"]\n'
                '[shared.shilling]\ncurrencies = ["KES", "TZS"]\ndefault = "KES"\nen = ["bob"]\n'
            ),
            numbers=(
                'kind = "numbers"\n[scales.1000000]\nen = ["million"]\n[words.2]\nen = ["two"]\n'
                '[qualifiers.about]\nen = ["some"]\n[measures]\nfr = ["de"]\n[pauses]\nen = ["for"]\n'
            ),
            units='kind = "units"\n[units.km]\nen = ["kilomet*"]\n',
            months='kind = "months"\n[months.9]\nen = ["Sept."]\n',
            firm_patterns='kind = "firm-patterns"\n[nouns]\nen = ["firm"]\n',
            bodies='kind = "public-bodies"\n[heads]\nen = ["Ministry of"]\n',
            ordinary='kind = "ordinary-words"\n[given_names]\n"*" = ["Chad"]\n',
        )
    )
    assert wording.cues == (
        Cue("signal", "anything-goes", "*", "deal"),
        Cue("status", "signed", "en", "signed"),
        Cue("status", "signed", "en", "inked", 0.5),
        Cue("status", "signed", "ru", "подписан"),
    )
    assert CurrencyForm("$", "USD") in wording.currencies
    assert CurrencyForm("K", "ZMW", "*", ("ZMB",)) in wording.currencies
    assert CurrencyForm("bob", "TZS", "en", ("TZA",)) in wording.currencies
    assert CurrencyForm("bob", "KES", "en") in wording.currencies
    assert CurrencyForm("TOP", "TOP", "*", ("TON",)) in wording.currencies
    assert CurrencyForm("KES", "KES") in wording.currencies
    assert CurrencyForm("Kenyan shillings", "KES", "en") in wording.currencies
    assert wording.number_words == (NumberWord("million", 10**6, "en"), NumberWord("two", 2, "en", scale=False))
    assert wording.units == (CurrencyForm("kilomet*", "km", "en"),)
    words = set(wording.pattern_words)
    assert {
        PatternWord(PatternRole.QUALIFIER, "some", "en", "about"),
        PatternWord(PatternRole.MEASURE, "de", "fr"),
        PatternWord(PatternRole.PAUSE, "for", "en"),
        PatternWord(PatternRole.MONTH, "Sept.", "en", "9"),
        PatternWord(PatternRole.MONTH, "марта", "ru", "3"),
        PatternWord(PatternRole.FIRM_NOUN, "firm", "en"),
        PatternWord(PatternRole.BODY_HEAD, "Ministry of", "en"),
        PatternWord(PatternRole.GIVEN_NAME, "Chad"),
    } <= words


def test_old_currencies_keep_their_country(tmp_path: Path):
    """A currency that is no longer used belongs to the country of its code."""
    text = 'kind = "currencies"\n[local.ZMK]\n"*" = ["Kw"]\n[local.XAU]\n"*" = ["oz"]\n'
    wording = load_wording(layers(tmp_path, currencies=text))
    assert CurrencyForm("Kw", "ZMK", "*", ("ZMB",)) in wording.currencies
    assert CurrencyForm("oz", "XAU", "*", ()) in wording.currencies


def test_a_site_lies_over_what_ships(tmp_path: Path):
    """A site's list replaces the shipped one of the same key and language; its own file is added."""
    low = layers(tmp_path / "low", status='kind = "status"\n[cues.signed]\nen = ["signed"]\nfr = ["signé"]\n')
    high = layers(
        tmp_path / "high",
        status='kind = "status"\n[cues.signed]\nen = ["inked"]\n',
        ours='kind = "status"\n[cues.cancelled]\nen = ["axed"]\n',
    )
    wording = load_wording(Layers((*low.folders, *high.folders)))
    assert {cue.text for cue in wording.cues} == {"inked", "signé", "axed"}
    assert wording.version != load_wording(low).version


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "ours.toml: kind: '' is none of sector, status"),
        ("kind = ", "ours.toml: is no readable TOML"),
        ('# x\nkind = "colour"\n', "ours.toml:2: kind: 'colour' is none of sector, status"),
        ('kind = "status"\n[cues.signd]\nen = ["x"]\n', "ours.toml:2: cues.signd: is no status; those are proposed,"),
        ('kind = "status"\n[cues.signed]\nxx = ["x"]\n', "ours.toml:3: cues.signed.xx: 'xx' is no language: write a"),
        ('kind = "units"\n[units.km]\nen = ["km"]\nxx = ["x"]\n', "ours.toml:4: units.km.xx: 'xx' is no language: wr"),
        ('kind = "units"\n[links]\nita = ["e"]\n', "ours.toml:3: links.ita: 'ita' is no language: write a code of I"),
        ('kind = "status"\n[cues.signed]\nen = [""]\n', "ours.toml:3: cues.signed.en.0"),
        ('kind = "status"\n[cues.signed]\nen = [{text = "x", weight = -1}]\n', "greater than 0"),
        ('kind = "status"\n[cues.signed]\nen = [{text = "x", wieght = 1}]\n', "ours.toml:3: cues.signed.en.0"),
        ('kind = "currencies"\n[always.DOL]\n"*" = ["x"]\n', "'DOL' is no currency: ISO 4217, such as KES"),
        ('kind = "numbers"\n[scales.many]\nen = ["x"]\n', "ours.toml:2: scales.many"),
        ('kind = "months"\n[months.13]\nen = ["x"]\n', "less than or equal to 12"),
        ('kind = "units"\nunit = 1\n', "ours.toml:2: unit: is unknown"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, message: str):
    """A wrong file is told with its name, line and key."""
    with pytest.raises(ConfigError) as error:
        load_wording(layers(tmp_path, ours=text))
    assert message in str(error.value)


def test_a_site_cannot_make_a_file_another_kind(tmp_path: Path):
    """Two files of one name must hold the same kind of wordings."""
    low = layers(tmp_path / "low", x='kind = "status"\n[cues.signed]\nen = ["signed"]\n')
    high = layers(tmp_path / "high", x='kind = "sector"\n[cues.energy]\nen = ["power"]\n')
    with pytest.raises(ConfigError, match=r"high.*x\.toml: kind: is 'sector' here and 'status' in"):
        load_wording(Layers((*low.folders, *high.folders)))


def test_the_uppermost_file_is_blamed(tmp_path: Path):
    """A wrong key is told at the file that brought it in."""
    low = layers(tmp_path / "low", x='kind = "status"\n[cues.signed]\nen = ["signed"]\n')
    high = layers(tmp_path / "high", x='kind = "status"\n[cues.sgned]\nen = ["signed"]\n')
    with pytest.raises(ConfigError, match=r"high.*x\.toml:2: cues\.sgned"):
        load_wording(Layers((*low.folders, *high.folders)))
