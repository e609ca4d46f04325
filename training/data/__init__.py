"""Texts to learn from, and what the product makes of them before anything is chosen."""
