"""Tellings, and the stories they make up."""
