"""Accounts of projects: how two of them agree and differ."""
