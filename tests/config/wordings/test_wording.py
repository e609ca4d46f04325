"""Wordings: what ships is whole, every kind of file becomes rules, a site's own lies over or beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.files.wording_files import KINDS, MOVED, read_languages, wording_files
from offing.config.wordings.wording import CUE_KEYS, load_wording
from offing.errors import ConfigError
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.reading.rules import Cue, CurrencyForm, NumberWord


def layers(folder: Path, **files: str) -> Layers:
    """A config folder with some of one's own files below `wording`."""
    (folder / "wording").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / "wording" / f"{name}.toml").write_text(text, encoding="utf-8")
    return Layers((folder,))


def by_language(folder: Path, **files: str) -> Layers:
    """A config folder with files of a kind and language, such as `status__pt`, `_` standing for `-` in a kind."""
    for name, text in files.items():
        kind, _, language = name.partition("__")
        path = folder / "wording" / kind.replace("_", "-") / f"{language}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Layers((folder,))


def over(low: Layers, high: Layers) -> Layers:
    """One config folder over another."""
    return Layers((*low.folders, *high.folders))


def test_what_ships_is_sound():
    """The shipped wordings speak seven languages."""
    wording = load_wording(Layers.of())
    assert {cue.kind for cue in wording.cues} == set(CUE_KEYS)
    assert {cue.language for cue in wording.cues} >= {"en", "fr", "es", "pt", "zh", "ru", "ar"}
    assert {form.currency for form in wording.currencies} >= {"USD", "CNY", "XOF", "KES", "TJS"}
    assert {word.role for word in wording.pattern_words} == set(PatternRole) - {PatternRole.BODY_LINK}  # of others
    assert wording.version


def test_what_ships_has_a_folder_for_each_kind_and_a_file_for_each_language():
    """Every kind has one, no file directly in the folder ships, and each holds wordings of one language alone."""
    files = wording_files(Layers.of())
    assert {file.kind for file in files} == set(KINDS)
    assert all(file.language for file in files)
    assert {file.language for file in files if file.kind == "status"} == {"en", "fr", "es", "pt", "zh", "ru", "ar"}
    assert set(MOVED.values()) < set(KINDS)


FLAT = {
    "words": 'kind = "status"\n[cues.signed]\nen = ["signed", {text = "inked", weight = 0.5}]\nru = ["подписан"]\n',
    "reasons": 'kind = "signal"\n[cues.anything-goes]\n"*" = ["deal"]\n',
    "moneys": (
        'kind = "currencies"\nwordlike_codes = ["TOP"]\n[always.USD]\n"*" = ["$"]\n[local.ZMW]\n"*" = ["K"]\n'
        '[shared.shilling]\ncurrencies = ["KES", "TZS"]\ndefault = "KES"\nen = ["bob"]\n'
    ),
    "counting": (
        'kind = "numbers"\n[scales.1000000]\nen = ["million"]\n[words.2]\nen = ["two"]\n'
        '[qualifiers.about]\nen = ["some"]\n[measures]\nfr = ["de"]\n[pauses]\nen = ["for"]\n'
    ),
    "sizes": 'kind = "units"\n[units.km]\nen = ["kilomet*"]\n[kinds]\nserved = ["sheep"]\n',
    "calendar": 'kind = "months"\n[months.9]\nen = ["Sept."]\n',
    "patterns": 'kind = "firm-patterns"\n[nouns]\nen = ["firm"]\n',
    "ministries": 'kind = "public-bodies"\n[heads]\nen = ["Ministry of"]\n',
    "ordinary": 'kind = "ordinary-words"\n[given_names]\n"*" = ["Chad"]\n',
}
PARTED = {
    "status__en": 'signed = ["signed", {text = "inked", weight = 0.5}]\n',
    "status__ru": 'kind = "status"\nsigned = ["подписан"]\n',
    "signal__all_languages": 'anything-goes = ["deal"]\n',
    "currencies__all_languages": (
        'wordlike_codes = ["TOP"]\n[always]\nUSD = ["$"]\n[local]\nZMW = ["K"]\n'
        '[shared.shilling]\ncurrencies = ["KES", "TZS"]\ndefault = "KES"\n'
    ),
    "currencies__en": '[shared]\nshilling = ["bob"]\n',
    "numbers__en": (
        'pauses = ["for"]\n[scales]\n1000000 = ["million"]\n[words]\n2 = ["two"]\n[qualifiers]\nabout = ["some"]\n'
    ),
    "numbers__fr": 'measures = ["de"]\n',
    "units__en": '[units]\nkm = ["kilomet*"]\n',
    "units__all_languages": '[kinds]\nserved = ["sheep"]\n',
    "months__en": '[months]\n9 = ["Sept."]\n',
    "firm_patterns__en": 'nouns = ["firm"]\n',
    "public_bodies__en": 'heads = ["Ministry of"]\n',
    "ordinary_words__all_languages": 'given_names = ["Chad"]\n',
}


@pytest.mark.parametrize(("made", "files"), [(layers, FLAT), (by_language, PARTED)], ids=["own", "by language"])
def test_files_become_rules(tmp_path: Path, made, files: dict[str, str]):
    """Every kind of file arrives in its rules, whether it is of one language or names languages inside."""
    wording = load_wording(made(tmp_path, **files))
    assert set(wording.languages) == {"en", "ru"}
    assert set(wording.cues) == {
        Cue("signal", "anything-goes", "*", "deal"),
        Cue("status", "signed", "en", "signed"),
        Cue("status", "signed", "en", "inked", 0.5),
        Cue("status", "signed", "ru", "подписан"),
    }
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
        PatternWord(PatternRole.UNIT_KIND, "sheep", "*", "served"),
        PatternWord(PatternRole.FIRM_NOUN, "firm", "en"),
        PatternWord(PatternRole.BODY_HEAD, "Ministry of", "en"),
        PatternWord(PatternRole.GIVEN_NAME, "Chad"),
    } <= words


def test_old_currencies_keep_their_country(tmp_path: Path):
    """A currency that is no longer used belongs to the country of its code."""
    wording = load_wording(by_language(tmp_path, currencies__all_languages='[local]\nZMK = ["Kw"]\nXAU = ["oz"]\n'))
    assert CurrencyForm("Kw", "ZMK", "*", ("ZMB",)) in wording.currencies
    assert CurrencyForm("oz", "XAU", "*", ()) in wording.currencies


def test_a_site_lies_over_what_ships(tmp_path: Path):
    """A site's list replaces the shipped one of the same key and language; its own file is added."""
    low = by_language(
        tmp_path / "low", status__en='signed = ["signed"]\nagreed = ["agreed"]\n', status__fr='signed = ["signé"]\n'
    )
    by_language(tmp_path / "high", status__en='signed = ["inked"]\n', status__it='signed = ["firmato"]\n')
    high = layers(tmp_path / "high", ours='kind = "status"\n[cues.signed]\nen = ["penned"]\n')
    wording = load_wording(over(low, high))
    assert {cue.text for cue in wording.cues} == {"inked", "penned", "agreed", "signé", "firmato"}
    assert wording.version != load_wording(low).version
    assert set(read_languages(low)) == {"en", "fr"}
    assert set(wording.languages) == {"en", "fr", "it"}


def test_the_same_name_in_another_folder_is_another_file(tmp_path: Path):
    """What moves from one kind to another changes the version."""
    one = load_wording(by_language(tmp_path / "one", role__en="", signal__en="partner = []\n")).version
    other = load_wording(by_language(tmp_path / "other", role__en="partner = []\n", signal__en="")).version
    assert one != other


def test_a_file_without_a_wording_reads_no_language(tmp_path: Path):
    """An empty list or file is none."""
    assert (
        read_languages(
            by_language(tmp_path, status__it="signed = []\n", sector__nl="# Dutch\n", role__de="x = ['y']\n")
        )
        == ()
    )


OWN_MISTAKES = [
    ("", "ours.toml: kind: '' is none of sector, status"),
    ("kind = ", "ours.toml: is not readable TOML"),
    ('# x\nkind = "colour"\n', "ours.toml:2: kind: 'colour' is none of sector, status"),
    ('kind = "status"\n[cues.signd]\nen = ["x"]\n', "ours.toml:2: cues.signd: is no status; those are proposed,"),
    ('kind = "status"\n[cues.signed]\nxx = ["x"]\n', "ours.toml:3: cues.signed.xx: 'xx' is no language: write a"),
    ('kind = "units"\n[units.km]\nen = ["km"]\nxx = ["x"]\n', "ours.toml:4: units.km.xx: 'xx' is no language: wr"),
    ('kind = "units"\n[links]\nita = ["e"]\n', "ours.toml:3: links.ita: 'ita' is no language: write a code of I"),
    ('kind = "status"\n[cues.signed]\nen = [""]\n', "ours.toml:3: cues.signed.en.0"),
    ('kind = "status"\n[cues.signed]\nen = [{text = "x", weight = -1}]\n', "greater than 0"),
    ('kind = "status"\n[cues.signed]\nen = [{text = "x", wieght = 1}]\n', "ours.toml:3: cues.signed.en.0"),
    ('kind = "currencies"\n[always.DOL]\n"*" = ["x"]\n', "'DOL' is not a currency: ISO 4217, such as KES"),
    ('kind = "currencies"\n[shared.penny]\nen = ["p"]\n', "ours.toml:2: shared.penny: no file says whose it is"),
    ('kind = "numbers"\n[scales.many]\nen = ["x"]\n', "ours.toml:2: scales.many"),
    ('kind = "months"\n[months.13]\nen = ["x"]\n', "less than or equal to 12"),
    ('kind = "units"\nunit = 1\n', "ours.toml:2: unit: is unknown"),
]


@pytest.mark.parametrize(("text", "message"), OWN_MISTAKES)
def test_mistakes_in_a_file_of_ones_own(tmp_path: Path, text: str, message: str):
    """A wrong file is told with its name, line and key."""
    with pytest.raises(ConfigError) as error:
        load_wording(layers(tmp_path, ours=text))
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("status__it", "signed = [", "status/it.toml: is not readable TOML"),
        ("status__it", '\nsignd = ["x"]\n', "status/it.toml:2: signd: is no status; those are proposed,"),
        ("status__it", 'signed = ["a",\n ""]\n', "status/it.toml:2: signed.1"),
        ("status__it", 'signed = [{text = "x", weight = -1}]\n', "status/it.toml:1: signed.0"),
        ("status__it", 'signed = [{text = "x", wieght = 1}]\n', "did you mean 'weight'"),
        ("status__it", '[cues.signed]\nit = ["x"]\n', "it.toml:1: cues: is no list; what stands in it.toml names no"),
        ("status__it", '[signed]\nit = ["x"]\n', "it.toml:1: signed: is no list; what stands in it.toml names no"),
        ("status__it", 'kind = "sector"\n', "status/it.toml:1: kind: what stands in status/ is status"),
        ("status__xx", 'signed = ["x"]\n', "status/xx.toml: 'xx' is no language"),
        ("status__ours", 'signed = ["x"]\n', "a file here is called after its language, it.toml, or all_languages"),
        ("stattus__it", 'signed = ["x"]\n', "no kind of wording 'stattus'; did you mean 'status'?"),
        ("units__it", '[units.km]\nit = ["km"]\n', "units/it.toml:1: units.km: is no list; what stands in it.toml"),
        ("units__it", '[unit]\nkm = ["km"]\n', "units/it.toml:1: unit: is unknown; did you mean 'units'?"),
        ("units__it", '[kinds]\nserved = ["sheep"]\n', "units/it.toml:2: kinds.served: is the same in every language"),
        ("units__it", '[units]\nkm = [""]\n', "units/it.toml:2: units.km.0"),
        ("units__all_languages", '[units.km]\nen = ["km"]\n', "units/all_languages.toml:1: units.km: is no list"),
        ("currencies__it", '[shared]\npenny = ["p"]\n', "currencies/it.toml:2: shared.penny: no file says whose it is"),
        (
            "currencies__all_languages",
            '[shared.penny]\ncurrencies = ["GBP"]\nen = ["p"]\n',
            "all_languages.toml:3: shared.penny.en: is of one language: it belongs into en.toml",
        ),
        ("currencies__it", '[always]\nDOL = ["x"]\n', "currencies/it.toml:2: always.DOL: 'DOL' is not a currency"),
        ("name_grammar__it", 'firm_trades = ["a("]\n', "name-grammar/it.toml:1: firm_trades: 'a(' is no regular expr"),
        ("name_grammar__it", 'firm_trade = ["a"]\n', "it.toml:1: firm_trade: is unknown; did you mean 'firm_trades'?"),
        ("firm_roles__it", 'contractor = ["[a"]\n', "firm-roles/it.toml:1: contractor: '[a' is no regular expression"),
        (
            "sentence_grammar__it",
            'aked = ["chiede a"]\n',
            "sentence-grammar/it.toml:1: aked: is unknown; did you mean 'asked'?",
        ),
        (
            "sentence_grammar__it",
            'asked = ["[a"]\n',
            "sentence-grammar/it.toml:1: asked: '[a' is no regular expression",
        ),
        ("progress__it", 'don = ["fatto"]\n', "progress/it.toml:1: don: is unknown; did you mean 'done'?"),
        (
            "name_context__it",
            '# x\nseatd = ["con sede a"]\n',
            "name-context/it.toml:2: seatd: is unknown; did you mean 'se",
        ),
        ("transcription__it", '[words]\nChina = ["cina"]\n', "transcription/it.toml:2: words.China: "),
        ("months__it", '[months]\n13 = ["x"]\n', "months/it.toml:2: months.13: "),
    ],
)
def test_mistakes_in_a_file_of_a_language(tmp_path: Path, name: str, text: str, message: str):
    """They are told with file, line and key as they stand in the file."""
    with pytest.raises(ConfigError) as error:
        load_wording(by_language(tmp_path, **{name: text}))
    assert message in str(error.value)


@pytest.mark.parametrize("name", ["status", "events", "bodies", "firm_patterns"])
def test_a_file_of_the_name_that_shipped_before_is_refused(tmp_path: Path, name: str):
    """It took the place of lists of that one file; it is told what to call it, and of which kind it is."""
    with pytest.raises(ConfigError) as error:
        load_wording(layers(tmp_path, **{name: '[cues.signed]\nen = ["inked"]\n'}))
    told = str(error.value)
    assert f"{name}.toml: " in told
    assert f"our_{name}.toml" in told
    assert f'kind = "{MOVED[name]}"' in told
    assert f"wording/{MOVED[name]}/LANGUAGE.toml" in told


def test_a_site_cannot_make_a_file_another_kind(tmp_path: Path):
    """Two files of one name must hold the same kind of wordings."""
    low = layers(tmp_path / "low", x='kind = "status"\n[cues.signed]\nen = ["signed"]\n')
    high = layers(tmp_path / "high", x='kind = "sector"\n[cues.energy]\nen = ["power"]\n')
    with pytest.raises(ConfigError, match=r"high.*x\.toml:1: kind: is 'sector' here and 'status' in"):
        load_wording(over(low, high))


def test_the_uppermost_file_is_blamed(tmp_path: Path):
    """A wrong key is told at the file that brought it in."""
    low = by_language(tmp_path / "low", status__en='signed = ["signed"]\n')
    high = by_language(tmp_path / "high", status__en='sgned = ["signed"]\n')
    with pytest.raises(ConfigError, match=r"high.*status.en\.toml:1: sgned"):
        load_wording(over(low, high))
