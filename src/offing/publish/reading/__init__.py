"""Reads a release back: its tables project by project, and what they say of each. Pure."""
