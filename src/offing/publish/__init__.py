"""publish: from project records to the files of a release; same data, same bytes. Pure."""

from offing.publish.body import ProjectBody, unpacked
from offing.publish.cells import csv_bytes, guarded, unguarded
from offing.publish.release import project_body
from offing.publish.supported import supported
from offing.publish.writer import Outline, ReleaseWriter

__all__ = [
    "Outline",
    "ProjectBody",
    "ReleaseWriter",
    "csv_bytes",
    "guarded",
    "project_body",
    "supported",
    "unguarded",
    "unpacked",
]
