"""Records in bulk: all those of a SQLite database, copied again and again by statements of SQL."""

from __future__ import annotations

import sqlalchemy as sa

STEP = 10_000  # added to the ids of a copy, above any id that is copied
# What is copied: a table, the columns that refer to a copied row, and expressions for the others that must differ.
COPIED: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "entry": (("id",), {"entry_key": "entry_key || '#' || k", "url": "{url}", "url_key": "url_key || '#' || k"}),
    "page": (("id", "entry_id"), {"url": "{url}"}),
    "article": (("id", "page_id"), {"url": "{url}", "url_key": "url_key || '#' || k"}),
    "story": (("id",), {}),
    "story_article": (("id", "story_id", "article_id", "repeats"), {}),
    "candidate": (("id", "story_id"), {}),
    "pair": (("id", "candidate_id"), {"target": "'candidate:' || (substr(target, 11) + k * {step})"}),
    "evidence": (("id", "candidate_id", "article_id", "telling_id"), {}),
    "decision": (("id", "candidate_id"), {}),
    "project": (("begun_by",), {"id": "{project}", "number": "number + k * {size}", "redirects_to": "{redirect}"}),
    "project_candidate": (("candidate_id",), {"project_id": "{owner}"}),
    "event": (("id", "candidate_id"), {"project_id": "{owner}", "url": "{url}"}),
    "record_change": (("id", "undoes"), {"project_id": "{owner}", "other": "{other}", "candidate_ids": "NULL"}),
}
# Rows that nothing copied refers to stay behind.
ONLY = {
    "entry": "id IN (SELECT entry_id FROM page)",
    "story": "merged_into IS NULL",
    "story_article": "story_id IN (SELECT story_id FROM candidate)",
    "pair": "target LIKE 'candidate:%'",
}


def copy_records(conn: sa.Connection, size: int) -> None:
    """Copy the records of a database until there are about so many, those that are merged and withdrawn included.

    Each copy has articles, evidence, decisions, events and ids of its own; texts and values are those of its original.
    """
    conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    have, highest = conn.exec_driver_sql("SELECT count(*), max(number) FROM project").one()
    numbers = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ?) SELECT k FROM n"
    conn.exec_driver_sql("CREATE TEMP TABLE copy (k INTEGER PRIMARY KEY)")
    conn.exec_driver_sql(f"INSERT INTO copy {numbers}", (max(1, round(size / have) - 1),))
    for table in COPIED:  # set aside first: a table that is read while it grows would copy its copies
        conn.exec_driver_sql(f"CREATE TEMP TABLE own_{table} AS SELECT * FROM {table} WHERE {ONLY.get(table, 1)}")
    for table in COPIED:
        conn.exec_driver_sql(_copying(conn, table, highest))
    for table in ("copy", *(f"own_{table}" for table in COPIED)):
        conn.exec_driver_sql(f"DROP TABLE temp.{table}")


def _copying(conn: sa.Connection, table: str, size: int) -> str:
    """Return the statement that copies the rows of a table."""
    references, others = COPIED[table]
    prefix = "substr({0}, 1, 9) || printf('%06d', substr({0}, 10) + k * {1})"
    forms = {"url": "CASE url WHEN '' THEN '' ELSE url || '?copy=' || k END", "step": STEP, "size": size}
    ids = {"project": "id", "redirect": "redirects_to", "owner": "project_id", "other": "other"}
    forms |= {name: prefix.format(column, size) for name, column in ids.items()}
    columns = [row[1] for row in conn.exec_driver_sql(f"PRAGMA table_info({table})")]
    made = {name: f"{name} + k * {STEP}" for name in references}
    made |= {name: form.format(**forms) for name, form in others.items()}
    names = ", ".join(f'"{name}"' for name in columns)
    chosen = ", ".join(made.get(name, f'"{name}"') for name in columns)
    return f"INSERT INTO {table} ({names}) SELECT {chosen} FROM copy, own_{table} ORDER BY k"
