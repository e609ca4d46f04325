"""Loads and validates config files into the rule types of `model.rules`; an error names file, line and key."""
