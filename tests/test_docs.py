"""The docs name what there is: commands, settings, config files, exit codes; and their links lead somewhere."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import click
import pytest

from offing import settings
from offing.cli import COMMANDS, group
from offing.config.files.layers import Layers
from offing.config.sites.pipelines import load_pipelines
from offing.model.operation.run import Ending
from offing.model.sources.feed import FeedState
from offing.publish.schema import CHANGES, DATA_TABLES
from offing.web.throttle import ACCOUNT_WINDOW, PER_ACCOUNT, PER_ADDRESS, PER_PAIR, WINDOW

pytestmark = pytest.mark.static

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/offing"
CONFIG_PAGES = sorted(page for folder in ("config", "pipelines") for page in (ROOT / folder).rglob("README.md"))
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *CONFIG_PAGES})
OPERATE = (ROOT / "docs/operate.md").read_text(encoding="utf-8")
CONFIG = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs/config.md", *CONFIG_PAGES))
ALL_TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def commands(found: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words by which it is called."""
    if isinstance(found, click.Group):
        context = click.Context(found)
        for name in found.list_commands(context):
            inner = found.get_command(context, name)
            assert inner is not None
            yield from commands(inner, (*path, name))
    else:
        yield path, found


def named_commands() -> set[str]:
    """The commands that the docs name; `offing users list|disable` names two."""
    return {
        f"{verb} {word}".strip()
        for verb, words in re.findall(r"\boffing ([a-z]+)(?: ([a-z|]+))?", ALL_TEXT)
        for word in ("", *words.split("|"))
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_named(name: str) -> None:
    """Each command and subcommand of the command line stands in the docs or the README."""
    found = group.get_command(click.Context(group), name)
    assert found is not None
    named = named_commands()
    missing = [" ".join(path) for path, _ in commands(found, (name,)) if " ".join(path) not in named]
    assert not missing, f"add these to docs/: {missing}"


def test_no_command_is_made_up() -> None:
    """In code blocks and code spans the docs call only commands that exist."""
    code = "\n".join(re.findall(r"^ {4}.+$|`[^`\n]+`", ALL_TEXT, re.MULTILINE))
    called = set(re.findall(r"(?:^ {4}|`|bin/|&& )offing ([a-z]+)", code, re.MULTILINE))
    assert called - set(COMMANDS) == set()


def test_every_setting_stands_in_operate() -> None:
    """Each variable that settings.py reads stands in docs/operate.md, and no other."""
    read = set(re.findall(r"^(OFFING_\w+)", settings.__doc__ or "", re.MULTILINE))
    assert len(read) > 5
    assert set(re.findall(r"OFFING_\w+", OPERATE)) == read
    used = set(re.findall(r'"(OFFING_\w+)"', Path(settings.__file__).read_text(encoding="utf-8")))
    assert used == read


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page leads to a file, and its fragment to a heading."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, fragment = target.partition("#")
        led_to = (page.parent / file).resolve() if file else page
        assert led_to.exists(), f"{page.name}: {target}"
        assert led_to.is_relative_to(ROOT)
        if fragment:
            headings = re.findall(r"^#+ (.+)$", led_to.read_text(encoding="utf-8"), re.MULTILINE)
            assert fragment in {re.sub(r"[^\w\- ]", "", each).strip().lower().replace(" ", "-") for each in headings}


def test_every_config_file_is_described() -> None:
    """docs/config.md or the README of its folder describes each file of config/ and pipelines/, by path or pattern."""
    patterns = set(re.findall(r"`((?:config|pipelines)/[^`]+)`", CONFIG))
    exact = {pattern for pattern in patterns if "*" not in pattern}
    loose = patterns - exact - {"config/lexicons/*.csv", "config/wording/*.toml"}  # there each file has its row
    folders = [ROOT / "config", ROOT / "pipelines"]
    files = [path.relative_to(ROOT).as_posix() for folder in folders for path in folder.rglob("*") if path.is_file()]
    files = [file for file in files if not file.endswith("README.md")]
    assert len(files) > 20
    undescribed = [file for file in files if file not in exact and not any(fnmatch(file, each) for each in loose)]
    assert not undescribed
    assert [each for each in exact if not (ROOT / each).exists()] == []


def test_states_and_endings_are_explained() -> None:
    """Ops finds every state of a feed in docs/operate.md, and every ending in docs/architecture.md."""
    assert [state for state in FeedState if f"| `{state}` |" not in OPERATE] == []
    architecture = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    listed = re.search(r"one ending of one item in one step \(`model/operation/run.py`: ([^)]+)\)", architecture)
    assert listed
    assert [word.strip() for word in listed[1].split(",")] == [ending.value for ending in Ending]


def test_files_of_a_release_are_described() -> None:
    """Each file of a release stands in docs/dataset.md."""
    text = (ROOT / "docs/dataset.md").read_text(encoding="utf-8")
    files = [table.file for table in (*DATA_TABLES, CHANGES)] + ["codebook.md", "datapackage.json", "SHA256SUMS"]
    assert [file for file in files if f"`{file}`" not in text] == []


def test_files_named_in_architecture_exist() -> None:
    """Where docs/architecture.md names a file of the code, there is one."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    package = ROOT / "src/offing"
    named = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*\.py)`", text))
    assert len(named) > 30
    missing = [file for file in named if not ((package / file).exists() or (package / "propose" / file).exists())]
    assert not missing


def test_architecture_has_the_rooms_of_the_contracts() -> None:
    """Each package with its rooms, from top to bottom as `pyproject.toml` has them."""
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]:
        if contract["id"].startswith("rooms-of-"):
            levels = [[f"`{room.strip()}`" for room in level.split("|")] for level in contract["layers"]]
            package = contract["containers"][0].removeprefix("offing.")
            assert f"| `{package}/` | {' · '.join(map(' '.join, levels))} |" in page


def test_no_folder_holds_more_files_than_are_read_at_a_glance() -> None:
    """About twenty, the tables of the database aside: one for each noun."""
    folders = Counter(path.parent for path in (ROOT / "src").rglob("*.py"))
    assert {folder.name for folder, files in folders.items() if files > 20} <= {"tables", "text"}
    assert max(folders.values()) <= 22


def test_readme_counts_the_catalogue() -> None:
    """The numbers of feeds and groups in README and changelog are those of the catalogue."""
    import tomllib

    documents = [tomllib.loads(path.read_text(encoding="utf-8")) for path in Layers.of().glob("feeds/*.toml")]
    feeds = sum(len(document.get("feeds", ())) for document in documents)
    groups = sum(len(document.get("groups", {})) for document in documents)
    for name in ("README.md", "CHANGELOG.md"):
        assert f"{feeds} feeds in {groups} groups" in (ROOT / name).read_text(encoding="utf-8"), name


def test_pipelines_are_named() -> None:
    """Each pipeline that ships stands in docs/operate.md."""
    assert [name for name in load_pipelines() if f"`{name}`" not in OPERATE] == []


def test_make_targets_are_named() -> None:
    """CONTRIBUTING names each target of the Makefile that a developer calls."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [target for target in targets - {"clean"} if f"make {target}" not in text] == []


def test_help_has_an_example(tmp_path: Path) -> None:
    """`offing --help` answers without a site and shows a first morning."""
    from sys import executable

    shown = subprocess.run(
        [executable, "-m", "offing", "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "offing init --feeds" in shown.stdout
    assert not list(tmp_path.iterdir())


def test_tally_keys_are_those_of_the_docs() -> None:
    """docs/operate.md names exactly the keys of `offing run --json`."""
    from offing.cli.output.tally import tally_json
    from offing.model.operation.run import Tally
    from offing.services.pipeline.run import RunReport

    keys = list(json.loads(json.dumps(tally_json(RunReport(1, Tally(), 0.5)))))
    listed = re.search(r"gives the same as one\s+object: ([^.]+)\.", OPERATE)
    assert listed
    assert re.findall(r"`(\w+)`", listed[1]) == keys


def test_comments_cite_documents_that_are_here() -> None:
    """A document that code or tests name is one of the repository, and a finding (L7) stands in docs/limits.md."""
    sources = [
        *ROOT.glob("src/**/*.py"),
        *ROOT.glob("tests/**/*.py"),
        ROOT / "Makefile",
    ]
    texts = {file: file.read_text(encoding="utf-8") for file in sources if "equipment" not in file.parts}
    released = {"CHANGES.md", "YANKED.md"}  # files of a release
    documents = released | {
        page.name for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("t*/**/*.md"))
    }
    cited = {(file, name) for file, text in texts.items() for name in re.findall(r"([A-Za-z0-9-]+\.md)\b", text)}
    limits = (ROOT / "docs/limits.md").read_text(encoding="utf-8")
    findings = {found for text in texts.values() for found in re.findall(r"(?:finding |limits\.md, |\()(L\d+)\b", text)}
    assert [f"{file.relative_to(ROOT)}: {name}" for file, name in sorted(cited) if name not in documents] == []
    assert [finding for finding in sorted(findings) if f"| {finding} |" not in limits] == []
    assert not any(
        re.search(r"security-plan|design §", text) for file, text in texts.items() if file.name != "test_docs.py"
    )


def test_a_command_that_lists_has_json() -> None:
    """What lists or shows things does so for programs, too."""
    silent = [" ".join(words) for words, found in commands(group) if is_list(found) and not has_json(found)]
    assert silent == []


def is_list(command: click.Command) -> bool:
    """Whether a command lists or shows something, by its name or by the first word of its help."""
    first = (command.help or "").split(" ", 1)[0]
    return command.name in {"list", "show", "groups", "activity", "agreement", "mutes"} or first == "List"


def has_json(command: click.Command) -> bool:
    """Whether a command has `--json`."""
    return any("--json" in option.opts for option in command.params)


def test_limits_of_guessing_are_those_of_the_code() -> None:
    """Tries and their windows stand in docs/operate.md and in the decision as the code has them."""
    minutes = int(WINDOW.total_seconds() // 60)
    assert WINDOW * 4 == ACCOUNT_WINDOW  # "an hour"
    told = f"After {PER_PAIR} wrong tries in {minutes} minutes at one account from one address, {PER_ADDRESS} from one "
    assert f"{told}address, or {PER_ACCOUNT} in an hour at one account" in OPERATE
    decision = (ROOT / "docs/decisions/0005-web-security.md").read_text(encoding="utf-8")
    assert f"{PER_PAIR} tries per address and account and {PER_ADDRESS} per address in {minutes} minutes" in decision
    assert f"{PER_ACCOUNT} per account in an hour" in decision


@pytest.mark.parametrize(
    ("document", "words", "files"),
    [
        ("0002-httpx2.md", r"in under ([\d,]+) lines", ("net/*.py",)),
        (
            "0005-web-security.md",
            r"than the (thousand) lines",
            (
                "web/access.py",
                "web/throttle.py",
                "web/gateway/middleware.py",
                "web/gateway/login.py",
                "services/accounts/sessions.py",
                "services/accounts/users.py",
            ),
        ),
    ],
)
def test_sizes_of_code_are_as_decided(document: str, words: str, files: tuple[str, ...]) -> None:
    """How much code a decision costs is what it says, within a tenth."""
    found = re.search(words, (ROOT / "docs/decisions" / document).read_text(encoding="utf-8"))
    assert found
    most = 1000 if found[1] == "thousand" else int(found[1].replace(",", ""))
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for name in files for file in SOURCE.glob(name))
    assert 0.8 * most <= lines <= 1.1 * most
