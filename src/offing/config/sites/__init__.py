"""Loads what a site sets: feeds, fetching, outlets, pipelines, keys, the queue, other bases."""
