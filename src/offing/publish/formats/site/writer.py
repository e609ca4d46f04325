"""Writes the site while the projects of a release go by: their pages at once, lists and front page at the end."""

from __future__ import annotations

from offing.publish.body import ProjectBody
from offing.publish.formats.format import Head
from offing.publish.formats.site.figures import Figures, agreements
from offing.publish.formats.site.lists import write_lists
from offing.publish.formats.site.output import FOLDER, Blank, Output
from offing.publish.formats.site.overview import overview
from offing.publish.formats.site.project_page import page_of
from offing.publish.formats.site.shelf import Line, Shelf
from offing.publish.marked import OpenFile

__all__ = ["FOLDER", "Site"]


class Site:
    """Writes the pages of `site/`. Their checksums are in a file of their own: they are as many as the projects."""

    def __init__(self, open_file: OpenFile, head: Head) -> None:
        self._head, self._output = head, Output(open_file, head)
        self._shelf, self._figures = Shelf(), Figures()

    def add(self, body: ProjectBody) -> None:
        """Write the page of a project, or of what became of its id."""
        self._figures.add(body)
        for ended in body.rows.get("retired", ()):
            self._output.page("retired.html", f"projects/{body.project_id}.html", {"ended": Blank(ended)})
        for project in body.rows.get("projects", ()):
            line = Line.of(project, body.rows)
            self._shelf.add(line, body.rows)
            self._figures.place(line)
            said = page_of(project, body.rows, line, self._head)
            self._output.page("project.html", f"projects/{project['id']}.html", said)

    def finish(self) -> None:
        """Write lists, search, front page and the other pages."""
        write_lists(self._output, self._shelf)
        self._output.page("index.html", "index.html", overview(self._shelf, self._figures))
        measured = {
            "shares": list(self._figures.shares()),
            "fields": list(self._figures.fields(self._head.tables)),
            "agreements": agreements(self._head),
            "kappa": self._head.statistics.get("agreement", {}).get("verdict", {}).get("kappa"),
        }
        self._output.page("methods.html", "methods.html", measured)
        for name in ("codebook.html", "downloads.html"):
            self._output.page(name, name, {})
        self._output.close()
        self._shelf.close()
