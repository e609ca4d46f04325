"""The components of recognition's spaCy pipelines.

Each reads and extends the `Draft` that the document carries; spans count characters, never tokens.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from offing.recognize.cues import find_cues
from offing.recognize.draft import Draft
from offing.recognize.names import find_names

EXTENSION = "offing_draft"
Doc.set_extension(EXTENSION, default=None, force=True)


def _component(name: str, work: Callable[[Draft], None]) -> str:
    def component(doc: Doc) -> Doc:
        work(doc._.get(EXTENSION))
        return doc

    Language.component(name, func=component)
    return name


def _take_sentences(doc: Doc) -> Doc:
    draft: Draft = doc._.get(EXTENSION)
    draft.sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    return doc


Language.component("offing_sentences", func=_take_sentences)

PIPELINE = (
    "offing_sentences",
    _component("offing_names", find_names),
    _component("offing_cues", find_cues),
)
