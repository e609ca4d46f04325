"""poll: from a feed document to the entries it announces. Pure: no network, no database, no clock."""

from offing.poll.documents.links import parse_links
from offing.poll.documents.parse import parse_feed
from offing.poll.documents.sitemap import join_parts
from offing.poll.listings.feed_list import FeedList
from offing.poll.listings.list_formats import lookalikes, read_list
from offing.poll.listings.opml import write_opml
from offing.poll.turns.alarm import judge_alarm
from offing.poll.turns.decide import decide_poll

__all__ = [
    "FeedList",
    "decide_poll",
    "join_parts",
    "judge_alarm",
    "lookalikes",
    "parse_feed",
    "parse_links",
    "read_list",
    "write_opml",
]
