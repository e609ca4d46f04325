"""extract: from a stored page to an article: title, main text, date, language, author. Pure."""

from offing.extract.article import extract_article
from offing.extract.fold import text_hash

__all__ = ["extract_article", "text_hash"]
