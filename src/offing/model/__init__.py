"""Frozen types: one noun per file, one type for each stage of a noun's life. Imports nothing but `errors`."""
