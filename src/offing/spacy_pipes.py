"""offing in your own spaCy pipeline: `nlp.add_pipe("offing_mentions")`, `nlp.add_pipe("offing_sentences")`.

spaCy finds the factories by the entry points of the installed package, and imports this module with every pipeline
made by anyone, so modules that read config and texts are only imported when a component is added (docs/spacy.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from offing.model.reading.mention import Mention
    from offing.model.sources.article import Article
    from offing.recognize import Recognizer

MENTIONS, SENTENCES = "offing_mentions", "offing_sentences"
_PARTING = "\n\n"


def mentions_of(doc: Doc) -> tuple[Mention, ...]:
    """Return the mentions in a document, by start; offsets count characters of `doc.text`."""
    from offing.model.reading.mention import Mention
    from offing.model.values.codec import from_plain

    return from_plain(doc.user_data.get(MENTIONS, ()), tuple[Mention, ...])


def _mentions_within(span: Span) -> tuple[Mention, ...]:
    return tuple(m for m in mentions_of(span.doc) if span.start_char < m.end and m.start < span.end_char)


Doc.set_extension(MENTIONS, getter=mentions_of, force=True)
Span.set_extension(MENTIONS, getter=_mentions_within, force=True)


@Language.factory(
    MENTIONS,
    assigns=[f"doc._.{MENTIONS}", f"span._.{MENTIONS}", "doc.spans"],
    default_config={"config": None, "language": None, "kinds": [], "spans_key": "offing", "entities": False},
)
def make_mentions(  # noqa: PLR0913, PLR0917 -- spaCy gives each setting by its name
    nlp: Language,
    name: str,  # noqa: ARG001 -- spaCy gives it
    config: str | None,
    language: str | None,
    kinds: Sequence[str],
    spans_key: str,
    entities: bool,
) -> Mentions:
    """Return the component that finds firms, lenders, countries, sums, sizes, dates, bodies and cues.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        config: a site's config folder over what ships; None for what ships alone.
        language: the language of the texts (ISO 639-1); None for that of the pipeline.
        kinds: the kinds of mentions to keep, such as `firm` and `money`; empty for all.
        spans_key: of the group of spans in `doc.spans`; their labels are kinds, their ids in a knowledge base keys.
        entities: whether to use names found by an earlier model (`doc.ents`), too.

    Raises:
        ValueError: a kind is unknown.
        offing.errors.OffingError: the folder does not exist, or one of its files is invalid.
    """
    from offing.model.reading.mention import MentionKind

    wanted = frozenset(MentionKind(kind) for kind in kinds or MentionKind)
    recognizer = _recognizer(Path(config) if config else None)
    return Mentions(recognizer, language or nlp.lang or "", wanted, spans_key, entities)


def _recognizer(config: Path | None) -> Recognizer:
    from offing.config.files import cache
    from offing.config.overlay import site_layers
    from offing.services.analysis.analyst import recognizer_of
    from offing.settings import read_settings

    if cache.folder_in_use() is None:
        cache.set_up(read_settings().cache)
    return recognizer_of(site_layers(config))


@dataclass(frozen=True, slots=True)
class Mentions:
    """Adds mentions to a document: `doc._.offing_mentions`, and a group of spans."""

    recognizer: Recognizer
    language: str
    kinds: frozenset[str]
    spans_key: str
    entities: bool

    def __call__(self, doc: Doc) -> Doc:
        """Return the same document with the mentions added."""
        from offing.model.reading.mention import Mention
        from offing.model.values.codec import to_plain

        found = tuple(mention for mention in self._found(doc) if mention.kind in self.kinds)
        doc.user_data[MENTIONS] = to_plain(found, tuple[Mention, ...])
        doc.spans[self.spans_key] = [span for mention in found if (span := _span(doc, mention))]
        return doc

    def _found(self, doc: Doc) -> list[Mention]:
        article = _article(doc.text, self.language)
        shift = len(article.text) - len(doc.text)
        entities = [(e.start_char + shift, e.end_char + shift, e.label_) for e in doc.ents] if self.entities else []
        mentions = self.recognizer.recognize(article, entities)
        return [replace(m, start=m.start - shift, end=m.end - shift) for m in mentions]


def _span(doc: Doc, mention: Mention) -> Span | None:
    """The tokens that contain a mention, which counts characters: an Arabic or Chinese token may be longer than it."""
    label, key = mention.kind.value, mention.key or ""
    return doc.char_span(mention.start, mention.end, label=label, kb_id=key, alignment_mode="expand")


def _article(text: str, language: str) -> Article:
    """Return a text as an article: the part before the first empty line is its title."""
    from offing.model.sources.article import Article

    title, parted, rest = text.partition(_PARTING)
    return Article(0, title if parted else "", (rest if parted else text,), language)


@Language.factory(SENTENCES, assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 -- spaCy gives both
    """Return the component that sets the sentence boundaries that offing uses, in all languages and scripts."""
    from offing.propose.reading.layout import sentences

    def component(doc: Doc) -> Doc:
        article = _article(doc.text, "")
        shift = len(article.text) - len(doc.text)
        starts = {sentence.start - shift for sentence in sentences(article)}
        for token in doc:
            token.is_sent_start = token.i == 0 or not starts.isdisjoint(range(token.idx, token.idx + len(token)))
        return doc

    return component
