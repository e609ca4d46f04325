"""The analyst's pages: the queue, one candidate, decisions."""
