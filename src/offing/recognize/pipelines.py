"""The spaCy pipeline of recognition: one for all languages."""

from __future__ import annotations

import re
from collections.abc import Callable

from offing.recognize.components import DRAFT, PIPELINE, TOOLBOX
from offing.recognize.draft import Draft
from offing.recognize.spacy_alone import Doc, Language, registry, spacy
from offing.recognize.toolbox import Toolbox

TOKENIZER = "offing.blanks.v1"
LONGEST_TOKEN = 1_000  # docs/limits.md, Sizes
_BLANKS = re.compile(r"\S+|\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG = re.compile(rf"\S{{{LONGEST_TOKEN}}}")


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def _create_tokenizer() -> Callable[[Language], Callable[[str], Doc]]:
    """Parts a text at blanks only: components count characters, and a language's own rules cost more than they do."""

    def tokenizer_of(nlp: Language) -> Callable[[str], Doc]:
        def tokenize(text: str) -> Doc:
            words = _BLANKS.findall(text)
            return Doc(nlp.vocab, words=words, spaces=[False] * len(words))

        return tokenize

    return tokenizer_of


def blank_pipeline() -> Language:
    """The pipeline of all languages. Its components know the language from the draft."""
    pipeline = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    pipeline.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]  # shapes, prefixes and the like of words: never looked at
    for name in PIPELINE:
        pipeline.add_pipe(name)
    return pipeline


def run_over(pipeline: Language, draft: Draft, tools: Toolbox) -> None:
    """Let the components of a pipeline fill a draft."""
    with pipeline.memory_zone():
        doc = pipeline.make_doc(readable(draft.text))
        doc._.set(DRAFT, draft)
        doc._.set(TOOLBOX, tools)
        pipeline(doc)


def readable(text: str) -> str:
    """The text as spaCy can take it, of the same length: no lone surrogates, no endless tokens."""
    text = _SURROGATE.sub("\ufffd", text)
    return _LONG.sub(lambda match: match[0][:-1] + " ", text)
