"""Stories: which tellings tell the same news, and what they tell together. Pure."""

from offing.propose.story.group import group
from offing.propose.story.join import join_story, merge_facts
from offing.propose.story.keys import keys_of
from offing.propose.story.merge import merge_tellings
from offing.propose.story.same import COPIED, apart, copied, same_news
from offing.propose.story.sketch import sketch_of

__all__ = [
    "COPIED",
    "apart",
    "copied",
    "group",
    "join_story",
    "keys_of",
    "merge_facts",
    "merge_tellings",
    "same_news",
    "sketch_of",
]
