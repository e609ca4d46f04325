"""From a document to entries: feeds, sitemaps, watched pages."""
