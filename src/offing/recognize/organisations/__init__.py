"""Unlisted Chinese firms, Chinese institutions, and host-side bodies."""
