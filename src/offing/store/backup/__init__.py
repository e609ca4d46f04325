"""Backups: every row of either database in one file, written from one snapshot, verified, and loaded into either."""
