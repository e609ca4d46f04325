"""Worker processes, with a time and memory limit for each item; one module for each kind of work.

Workers are forked from a process that has imported the stages and loaded the rules, once for all of them.
"""

from offing.services.running.workers.prepared import KNOWING_NOTHING, Knowledge
from offing.services.running.workers.processes import WorkerDied, Workers

__all__ = ["KNOWING_NOTHING", "Knowledge", "WorkerDied", "Workers"]
