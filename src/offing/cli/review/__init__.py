"""Commands for the queue and decisions."""
