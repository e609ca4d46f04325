"""fetch: from the HTTP answer for an entry's link to a page, or to a problem. Pure; the requests are made by `net`."""

from offing.fetch.classify_answer import classify_answer
from offing.fetch.reservation import reservation_of
from offing.fetch.revision import changes
from offing.fetch.summary import summary_article
from offing.fetch.withhold import withheld

__all__ = ["changes", "classify_answer", "reservation_of", "summary_article", "withheld"]
