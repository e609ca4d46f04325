"""Frozen types, one noun per file, one type for each point of a noun's life. Imports nothing but `errors`."""
