"""propose: from an article and its mentions to candidate project records, each field proved by quotes. Pure."""

from offing.propose.propose import propose
from offing.propose.story import join_story, merge_facts

__all__ = ["join_story", "merge_facts", "propose"]
