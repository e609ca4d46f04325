"""Stories: which tellings report the same news, and what they say together. Pure."""

from offing.propose.story.group import group, stories_of
from offing.propose.story.identity import assign_ids
from offing.propose.story.likeness import Likeness
from offing.propose.story.merge import independent_sources, merge_tellings
from offing.propose.story.minhash import minhash_of
from offing.propose.story.repeat import repeated, witnesses
from offing.propose.story.same_news import COPIED, DAYS, cannot_link, is_copy, same_news
from offing.propose.story.story_keys import Keys, keys_of

__all__ = [
    "COPIED",
    "DAYS",
    "Keys",
    "Likeness",
    "assign_ids",
    "cannot_link",
    "group",
    "independent_sources",
    "is_copy",
    "keys_of",
    "merge_tellings",
    "minhash_of",
    "repeated",
    "same_news",
    "stories_of",
    "witnesses",
]
