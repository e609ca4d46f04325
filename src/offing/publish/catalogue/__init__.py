"""How a release describes itself to repositories, catalogues and those who use it. Pure."""
