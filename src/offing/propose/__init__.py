"""propose: turn an article and its mentions into candidate project records, each field backed by quotes. Pure."""

from offing.propose.propose import propose

__all__ = ["propose"]
