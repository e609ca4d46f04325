"""Decisions of people: the queue, leases, verdicts, undo, mutes, second readings."""
