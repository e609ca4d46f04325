"""Worker processes: a time and memory limit for each item. What they do is said by one module for each kind of work.

A worker imports only the stage that it was asked for, so that one that parses a feed starts in a third of the time.
"""

from offing.steps.workers.prepared import KNOWING_NOTHING, Knowledge
from offing.steps.workers.processes import WorkerDied, Workers

__all__ = ["KNOWING_NOTHING", "Knowledge", "WorkerDied", "Workers"]
