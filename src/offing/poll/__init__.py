"""poll: from a feed's document to the entries it announces. Pure: no network, no database, no clock."""

from offing.poll.decide import decide_poll
from offing.poll.links import parse_links
from offing.poll.opml import read_opml, write_opml
from offing.poll.parse import parse_feed

__all__ = ["decide_poll", "parse_feed", "parse_links", "read_opml", "write_opml"]
