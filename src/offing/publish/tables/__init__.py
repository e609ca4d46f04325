"""Tables of a release beside those of `schema.py`: figures, locations, links to other datasets. Pure."""
