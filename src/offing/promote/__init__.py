"""promote: from an accepted candidate to a project record, new or folded into one. Pure."""
