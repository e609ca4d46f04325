"""Values and codes that all other types are made of."""
