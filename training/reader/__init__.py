"""Trains the reader: one encoder over whole articles, tuned to say what they report of which project."""
