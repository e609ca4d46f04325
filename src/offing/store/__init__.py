"""store: SQLAlchemy on SQLite and PostgreSQL; tables and queries, one file per noun."""
