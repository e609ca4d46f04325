"""The other fields of a project, each with its votes and its choice, and the draft that holds them."""
