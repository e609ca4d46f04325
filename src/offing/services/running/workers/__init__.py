"""Worker processes, with a time and memory limit for each item; one module for each kind of work.

A worker imports only the stage that it is asked for, so a worker that parses a feed starts in a third of the time.
"""

from offing.services.running.workers.prepared import KNOWING_NOTHING, Knowledge
from offing.services.running.workers.processes import WorkerDied, Workers

__all__ = ["KNOWING_NOTHING", "Knowledge", "WorkerDied", "Workers"]
