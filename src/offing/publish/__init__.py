"""publish: from project records to the files of a release; same data, same bytes. Pure."""

from offing.publish.body import ProjectBody, unpacked
from offing.publish.carried import carries
from offing.publish.cells import csv_bytes, guarded, unguarded
from offing.publish.release import project_body
from offing.publish.supported import proves, supported
from offing.publish.writer import Outline, ReleaseWriter

__all__ = [
    "Outline",
    "ProjectBody",
    "ReleaseWriter",
    "carries",
    "csv_bytes",
    "guarded",
    "project_body",
    "proves",
    "supported",
    "unguarded",
    "unpacked",
]
