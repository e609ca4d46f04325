"""How config is read: layers, TOML documents, tables, languages, cached values."""
