"""Releases of project records: checked, published, kept, compared, yanked."""
