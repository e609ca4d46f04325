"""`offing match`: compares files of project records without a database."""
