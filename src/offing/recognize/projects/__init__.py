"""Names of projects: how to find a project's own names, and those of known projects in a text."""
