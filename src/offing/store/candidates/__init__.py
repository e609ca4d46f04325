"""Candidates, the queue and its search index, and what people decide."""
