"""Whether a text reports a project: reasons, doubts, the screen, context."""
