"""The spaCy pipeline of recognition: one for all languages."""

from __future__ import annotations

import re
from collections.abc import Callable

from offing.recognize.pipeline.components import DRAFT, KNOWN, PIPELINE, READERS
from offing.recognize.pipeline.language_readers import LanguageReaders
from offing.recognize.projects.known_names import KnownNames
from offing.recognize.text.draft import Draft
from offing.recognize.text.spacy_alone import Doc, Language, registry, spacy

TOKENIZER = "offing.blanks.v1"
LONGEST_TOKEN = 1_000  # docs/limits.md, Sizes
_BLANKS = re.compile(r"\S+|\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG = re.compile(rf"\S{{{LONGEST_TOKEN}}}")


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def _create_tokenizer() -> Callable[[Language], Callable[[str], Doc]]:
    """A tokenizer that splits at blanks only: components count characters, and a language's rules are too costly."""

    def tokenizer_of(nlp: Language) -> Callable[[str], Doc]:
        def tokenize(text: str) -> Doc:
            words = _BLANKS.findall(text)
            return Doc(nlp.vocab, words=words, spaces=[False] * len(words))

        return tokenize

    return tokenizer_of


def blank_pipeline() -> Language:
    """The pipeline for all languages. Its components take the language from the draft."""
    pipeline = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    pipeline.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]  # shapes, prefixes and the like of words: never looked at
    for name in PIPELINE:
        pipeline.add_pipe(name)
    return pipeline


def run_over(pipeline: Language, draft: Draft, tools: LanguageReaders, known: KnownNames) -> None:
    """Run the components of a pipeline on a draft, with the readers of its language and the names of known projects."""
    with pipeline.memory_zone():
        doc = pipeline.make_doc(readable(draft.text))
        doc._.set(DRAFT, draft)
        doc._.set(READERS, tools)
        doc._.set(KNOWN, known)
        pipeline(doc)


def readable(text: str) -> str:
    """The text in a form spaCy accepts, of the same length: no lone surrogates, no overlong tokens."""
    text = _SURROGATE.sub("\ufffd", text)
    return _LONG.sub(lambda match: match[0][:-1] + " ", text)
