"""Commands that set up and run a site."""
