"""Whether a text reports a project, and whether it is worth encoding."""
