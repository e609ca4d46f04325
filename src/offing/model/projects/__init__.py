"""Projects: their facts, confirmed records, known ones, releases."""
