"""All other pages, the JSON API and Atom feeds."""
