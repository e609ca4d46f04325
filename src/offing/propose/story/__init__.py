"""Stories: which tellings tell the same news, and what they tell together. Pure."""

from offing.propose.story.group import group, stories_of
from offing.propose.story.identity import assign_ids
from offing.propose.story.keys import Keys, keys_of
from offing.propose.story.likeness import Likeness
from offing.propose.story.merge import independent_sources, merge_tellings
from offing.propose.story.repeat import repeated, witnesses
from offing.propose.story.same import COPIED, DAYS, apart, copied, same_news
from offing.propose.story.sketch import sketch_of

__all__ = [
    "COPIED",
    "DAYS",
    "Keys",
    "Likeness",
    "apart",
    "assign_ids",
    "copied",
    "group",
    "independent_sources",
    "keys_of",
    "merge_tellings",
    "repeated",
    "same_news",
    "sketch_of",
    "stories_of",
    "witnesses",
]
