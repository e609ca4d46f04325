"""Candidates, stories, the queue, and what people decide."""
