"""extract: from a stored page to an article: title, main text, date, language, author. Pure."""

from offing.extract.address import own_address
from offing.extract.article import extract_article
from offing.extract.markup.folded_letters import text_hash
from offing.extract.outlets.repeated_lines import LOOKED_AT, repeated_lines

__all__ = ["LOOKED_AT", "extract_article", "own_address", "repeated_lines", "text_hash"]
