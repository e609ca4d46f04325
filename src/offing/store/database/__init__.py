"""The database itself: opening it, dialects, migrations, upserts, and what its errors mean."""
