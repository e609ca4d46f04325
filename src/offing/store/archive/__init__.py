"""The archive of raw pages: WARC files, one a day, beside the database."""
