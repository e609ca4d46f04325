"""fetch: what becomes of an entry, given the answer that came for its link. Pure; asking is `net`'s part."""

from offing.fetch.judge import judge_page
from offing.fetch.reservation import reservation_of
from offing.fetch.revision import changes
from offing.fetch.summary import summary_article
from offing.fetch.withhold import withheld

__all__ = ["changes", "judge_page", "reservation_of", "summary_article", "withheld"]
