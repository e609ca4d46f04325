"""Feeds and hosts: what is watched, when it is asked next, and what it yielded."""
