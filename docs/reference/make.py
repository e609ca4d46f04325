"""Writes the reference pages of docs/ from the code, and the list of decisions from their headings.

make reference
"""

from __future__ import annotations

import sys
from pathlib import Path

from writers import commands, database, decisions, http_api, python_api, settings

HERE = Path(__file__).parent
PAGES = {
    HERE / "commands.md": commands.page,
    HERE / "settings.md": settings.page,
    HERE / "database.md": database.page,
    HERE / "http-api.md": http_api.page,
    HERE / "python-api.md": python_api.page,
    HERE.parent / "decisions/README.md": decisions.page,
}


def stale() -> list[Path]:
    """Return the pages that differ from what the code says."""
    return [path for path, page in PAGES.items() if not path.exists() or path.read_text("utf-8") != page()]


def main() -> None:
    """Write every page; with `--check` write nothing, and name those that are out of date."""
    out_of_date = stale()
    if "--check" in sys.argv[1:]:
        names = ", ".join(str(path.relative_to(HERE.parent)) for path in out_of_date)
        sys.exit(f"out of date in docs/: {names}; run `make reference`" if names else 0)
    for path in out_of_date:
        path.write_text(PAGES[path](), "utf-8")
        print(f"wrote docs/{path.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
