"""publish: from project records to the files of a release; same data, same bytes. Pure."""
