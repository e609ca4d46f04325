"""promote: from accepted candidates to the one record of their project, and what an update would change. Pure."""

from offing.promote.accepted import Accepted
from offing.promote.contradict import rivals
from offing.promote.identity import project_id
from offing.promote.measures import Dollars
from offing.promote.record import Composed, compose

__all__ = ["Accepted", "Composed", "Dollars", "compose", "project_id", "rivals"]
