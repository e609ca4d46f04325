"""propose: from an article and its mentions to candidate project records, each field proved by quotes. Pure."""

from offing.propose.propose import propose

__all__ = ["propose"]
