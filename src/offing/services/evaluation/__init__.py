"""Measures candidates against annotated articles: precision, recall and F1 of each field."""
