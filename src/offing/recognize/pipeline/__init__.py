"""The spaCy pipeline: its components, and the readers of each language."""
