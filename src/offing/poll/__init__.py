"""poll: from a feed's document to the entries it announces. Pure: no network, no database, no clock."""

from offing.poll.alarm import judge_alarm
from offing.poll.decide import decide_poll
from offing.poll.links import parse_links
from offing.poll.listed import FeedList
from offing.poll.lists import lookalikes, read_list
from offing.poll.opml import write_opml
from offing.poll.parse import parse_feed
from offing.poll.sitemap import join_parts

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
