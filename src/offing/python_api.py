"""offing in Python: `offing.analyse(source)` (docs/python.md). `offing` imports this module when it is first used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from offing.config.files import cache
from offing.config.files.layers import Layers
from offing.config.overlay import site_layers
from offing.config.weights.scoring import load_scoring
from offing.config.wordings.page_words import load_extraction
from offing.model.review.candidate import Analysis, Reason
from offing.model.sources.article import NoArticle
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import recognizer_of
from offing.services.analysis.sources import ArticleHints, Source, SourceReader
from offing.settings import read_settings

__all__ = ["Analysis", "analyse"]
_Stamp = tuple[tuple[str, int, int], ...]


def analyse(  # noqa: PLR0913 -- each is given by its name
    source: Source,
    *,
    title: str = "",
    language: str = "",
    published: date | None = None,
    url: str = "",
    outlet: str = "",
    config: Path | str | None = None,
) -> Analysis:
    """Analyse one article: its candidates with the quotes that prove them, or the reason why it has none.

    The first call takes seconds, which load the rules of a site; later ones use the same until a file of it changes.

    Args:
        source: a text (its first line is the title if an empty line follows it), a page as HTML, or the `Path` of a
            file of text, HTML or PDF; `bytes` are the content of such a file.
        title: the headline; without it, that of the source.
        language: ISO 639-1; without it, it is identified from the text.
        published: without it, the date that a page states.
        url: the page's address: its outlet may have rules of its own.
        outlet: the name of the newspaper, agency or ministry.
        config: a site's config folder over what ships; None for what ships alone.

    Returns:
        The analysis. Offsets of quotes count in `analysis.article.text`.

    Raises:
        offing.errors.UsageError: the source is empty, a file or folder does not exist, or the language has no code.
        offing.errors.ConfigError: a file of the site's config cannot be used.
        offing.errors.MissingExtra: the source is a PDF document, and the extra `pdf` is not installed.
    """
    if cache.folder_in_use() is None:
        cache.set_up(read_settings().cache)
    layers = site_layers(Path(config) if config else None)
    tools = _tools(layers, layers.stamp())
    found = tools.reader.article(source, ArticleHints(title, language, published, url, outlet), datetime.now(UTC))
    if isinstance(found, NoArticle):
        return Analysis(None, rejection=Reason("no-article", 0.0, found.reason))
    return tools.analyst.analysis(found)


@dataclass(frozen=True, slots=True)
class _Tools:
    """What reads and analyses the articles of one site."""

    analyst: Analyst
    reader: SourceReader


@lru_cache(maxsize=2)
def _tools(layers: Layers, _stamp: _Stamp) -> _Tools:
    analyst = Analyst(recognizer_of(layers), load_scoring(layers))
    return _Tools(analyst, SourceReader(load_extraction(layers), analyst.country_of))
