"""Lists of feeds, and finding the feeds of a site."""
