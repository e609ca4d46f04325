"""Commands that read single articles."""
