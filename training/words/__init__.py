"""Word lists and counts derived from texts, and the contribution of each list of wordings."""
