"""Entries, pages and articles, from announcement to extracted text, and what remains of them."""
