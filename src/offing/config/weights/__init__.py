"""Loads weights and learned models: scoring, matching, meaning, the tuned encoder."""
