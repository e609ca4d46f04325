"""Commands for project records and releases."""
