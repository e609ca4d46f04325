"""publish: from project records to the files of a release; same data, same bytes. Pure."""

from offing.publish.body import ProjectBody, unpacked
from offing.publish.carried import carries
from offing.publish.cells import csv_bytes, guarded, unguarded
from offing.publish.reading.adopted import adopted_project, inherited_proofs, inherited_sources
from offing.publish.reading.bodies import read_bodies
from offing.publish.release import project_body
from offing.publish.supported import proves, supported
from offing.publish.writer import Outline, ReleaseWriter

__all__ = [
    "Outline",
    "ProjectBody",
    "ReleaseWriter",
    "adopted_project",
    "carries",
    "csv_bytes",
    "guarded",
    "inherited_proofs",
    "inherited_sources",
    "project_body",
    "proves",
    "read_bodies",
    "supported",
    "unguarded",
    "unpacked",
]
