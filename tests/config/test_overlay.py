"""A site's own folder: every slip of the pen is an error with file and line, nothing is ignored without a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from offing.config import checks
from offing.config.checks import TABLES
from offing.config.files.layers import Layers
from offing.config.lexicons.lexicon import LEXICON_COLUMNS
from offing.config.overlay import KINDS, site_layers, unread
from offing.errors import ConfigError, UsageError
from offing.shipped import shipped


def put(site: Path, name: str, text: str) -> Path:
    """A site whose file holds a text."""
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return site


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    """The site would work as it ships, and nobody would know."""
    with pytest.raises(UsageError, match=r"no config folder .*nowhere.*OFFING_CONFIG"):
        site_layers(tmp_path / "nowhere")


def test_what_ships_is_read_altogether() -> None:
    """Each shipped file is one that something reads, and is as it has to be."""
    assert list(unread(Layers((shipped("config"),)))) == []
    assert {f"{table}.csv" for table in TABLES} == {path.name for path in shipped("config").glob("lexicons/*.csv")}
    assert set(LEXICON_COLUMNS) < set(TABLES)
    for kind in KINDS:
        if kind.name not in ("wording", "lexicons"):  # these take seconds, and have tests of their own
            assert kind.check(Layers.of()), kind.name


def test_notes_and_hidden_files_are_nobodys_business(tmp_path: Path) -> None:
    """A README, what a version control keeps, and the test pages of outlets."""
    for name in (
        "README.md",
        "lexicons/README.md",
        "wording/sector/README.md",
        ".git/config",
        ".gitignore",
        "feeds/.gitkeep",
        "outlets/pages/mine-2026.html",
        "outlets/page.html",
    ):
        put(tmp_path, name, "x")
    assert site_layers(tmp_path).folders[1] == tmp_path


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("fetsh.toml", "did you mean 'fetch.toml'"),
        ("queue.tml", "did you mean 'queue.toml'"),
        ("feed/mine.toml", "did you mean 'feeds/'"),
        ("lexicons/firm_alias.csv", "did you mean 'lexicons/firm_aliases.csv'"),
        ("lexicons/firms.txt", "did you mean 'lexicons/firms.csv'"),
        ("wording/deep/status.toml", "nothing reads this"),
        ("wording/stattus/en.toml", "did you mean 'wording/status/'"),
        ("wording/status/deep/en.toml", "nothing reads this"),
        ("fetch.toml.bak", "did you mean 'fetch.toml'"),
        ("outlets/mine.tml", "did you mean 'outlets/*.toml'"),
        ("models/meaning.npy", "did you mean 'models/meaning.npz'"),
    ],
)
def test_a_file_that_nothing_reads_is_an_error(tmp_path: Path, name: str, meant: str) -> None:
    """With the name that was probably meant."""
    with pytest.raises(ConfigError, match="nothing reads this") as caught:
        site_layers(put(tmp_path, name, "x = 1\n"))
    assert meant in str(caught.value)
    assert str(tmp_path) in str(caught.value)


SLIPS = [
    ("queue.toml", "[day]\nbudget = -1\n", 2, "greater than or equal to 1"),
    ("queue.toml", "[day]\nbudgett = 9\n", 2, "did you mean 'budget'"),
    ("queue.toml", '[day]\nbudget = "9"\n', 2, "valid integer"),
    ("queue.toml", "[day]\nbudget = true\n", 2, "valid integer"),
    ("queue.toml", "[days]\nbudget = 9\n", 1, "did you mean 'day'"),
    ("keys.toml", '[actions]\naccept = "y"\nacept = "z"\n', 3, "'accept'"),
    ("keys.toml", '[actions]\n\naccept = "r"\n', 3, "already"),
    ("keys.toml", '[reason.x]\nkey = "p"\n', 1, "did you mean 'reject_reasons'"),
    ("matching.toml", "[weights]\nfirms = 1.0\n", 2, "did you mean 'firm'"),
    ("matching.toml", "[weights]\n\nfirm = nan\n", 3, "finite"),
    ("matching.toml", "[news.weights]\nsektor = 1.0\n", 2, "did you mean 'sector'"),
    ("matching.toml", "[recall.weights]\nmeening = 1.0\n", 2, "did you mean 'meaning'"),
    ("matching.toml", "[cuts]\nlinked = 0.9\n", 2, "is above cuts.same"),
    ("rates.toml", "[yearly.KSE]\n2020 = 1.0\n", 1, "KSE"),
    ("rates.toml", "[yearly.KES]\n2020 = -110.0\n", 2, "greater than 0"),
    ("rates.toml", "[yearly.KES]\n20200 = 110.0\n", 2, "less than or equal to 2100"),
    ("rates.toml", "[yearly]\nKES = 1\n", 2, ""),
    ("rates.toml", '[[pegs.XOF]]\nto = "EUR"\nunit = 655.957\n', 3, "did you mean 'units'"),
    (
        "rates.toml",
        '[[pegs.XOF]]\nto = "EUR"\nunits = 1.0\nsince = 2000-01-01\nuntil = 1999-01-01\n',
        5,
        "before since",
    ),
    ("languages.toml", '[words.latn]\nit = "il lo"\n', 1, "did you mean 'latin'"),
    ("languages.toml", '[words.latin]\nxq = "il lo"\n', 2, "no language"),
    ("languages.toml", 'widely_writen = ["en"]\n', 1, "did you mean 'widely_written'"),
    ("fetch.toml", "host_delay_seconds = nan\n", 1, ""),
    ("fetch.toml", "host_delay_seconds = inf\n", 1, ""),
    ("fetch.toml", "# ours\nhost_delay_second = 3\n", 2, "did you mean 'host_delay_seconds'"),
    ("fetch.toml", 'retry_scope = "hosts"\n', 1, "'host', 'domain' or 'feed'"),
    ("scoring.toml", "[firms]\nstrenght = 1.0\n", 2, "did you mean 'strength'"),
    ("scoring.toml", "[sectors]\ntransprt = 0.5\n", 2, "transport"),
    ("scoring.toml", "[markers.firms]\nhistroy = 0.5\n", 2, "did you mean 'history'"),
    ("scoring.toml", '[reasons.sprot]\nweight = -1.0\ntext = "It is about sport."\n', 1, "did you mean 'sport'"),
    ("scoring.toml", "[limits]\nfirms_least = -inf\n", 2, ""),
    ("context.toml", "[zones]\ntitel = 1.0\n", 2, "did you mean 'title'"),
    ("models/relevance.toml", '[signs]\n"lead|satus:signed" = 0.4\n', 2, "did you mean 'status:signed'"),
    ("models/relevance.toml", '[signs]\n"leed|status:signed" = 0.4\n', 2, "did you mean 'lead'"),
    ("models/relevance.toml", '[signs]\n"lead|signal:sprot" = 0.4\n', 2, "did you mean 'signal:sport'"),
    ("models/relevance.toml", "[sings]\nintercept = 1.0\n", 1, "did you mean 'signs'"),
    ("known/ours.toml", 'source = "x"\n[columns]\nkey = "id"\ntitle = ""\n', 4, "at least 1 character"),
    (
        "feeds/ours.toml",
        '[[feeds]]\nurl = "https://a.test/f"\ntitle = "A"\ncountri = "KEN"\n',
        4,
        "did you mean 'country'",
    ),
    (
        "feeds/ours.toml",
        '[[feeds]]\nurl = "https://a.test/f"\ntitle = "A"\ngroups = [\n "afrika-east"]\n',
        4,
        "africa-east",
    ),
    ("outlets/ours.toml", '[[rules]]\nsite = ["a.test"]\n', 2, "did you mean 'sites'"),
]


def test_learned_signs_have_an_intercept(tmp_path: Path) -> None:
    """Without it all sums of signs would be off by the same amount, without a word."""
    shutil.copytree(Layers.of(None).folders[0], tmp_path / "config")
    file = tmp_path / "config" / "models" / "relevance.toml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith('"intercept"')), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"relevance\.toml.*intercept.*has no weight"):
        checks.scoring(Layers((tmp_path / "config",)))


@pytest.mark.parametrize(("name", "text", "line", "said"), SLIPS)
def test_a_slip_is_reported_with_its_line(tmp_path: Path, name: str, text: str, line: int, said: str) -> None:
    """Unknown keys, wrong types, numbers out of range or none, unknown words: with what is allowed or near."""
    with pytest.raises(ConfigError) as caught:
        site_layers(put(tmp_path, name, text))
    assert f"{tmp_path / name}:{line}:" in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("lexicons/firms.csv", "id,name,name_zh,parent,kind,source,note\nx,Xy,,,frm,s,\n", 2, "'frm' is none of"),
        ("lexicons/places.csv", "place,lang,country,kind,near,note\nXyz,,KEN,twon,,\n", 2, "'twon' is none of"),
        ("wording/status/en.toml", 'signed = ["signs it"]\nsignd = ["signs it"]\n', 2, "is no status"),
        ("wording/status/en.toml", 'signed = ["a", ""]\n', 1, "at least 1 character"),
        ("wording/ours.toml", 'kind = "status"\n[cues.signed]\nen = ["a", ""]\n', 3, "at least 1 character"),
        ("wording/status.toml", 'kind = "status"\n[cues.signed]\nen = ["a"]\n', None, "our_status.toml"),
        ("wording/status/ours.toml", 'signed = ["a"]\n', None, "called after its language"),
    ],
)
def test_a_slip_in_tables_of_words_is_reported(
    tmp_path: Path, name: str, text: str, line: int | None, said: str
) -> None:
    """Rows and wordings too."""
    with pytest.raises(ConfigError) as caught:
        site_layers(put(tmp_path, name, text))
    assert (f"{tmp_path / name}:{line}:" if line else f"{tmp_path / name}: ") in str(caught.value)
    assert said in str(caught.value)


def test_a_site_that_was_mended_is_looked_at_again(tmp_path: Path) -> None:
    """What was found wrong a moment ago is no longer held against it."""
    with pytest.raises(ConfigError):
        site_layers(put(tmp_path, "queue.toml", "[day]\nbudget = 0\n"))
    assert site_layers(put(tmp_path, "queue.toml", "[day]\nbudget = 10\n"))
