"""What looks wrong in records before a release: of each record, and of all of them together. Pure."""

from offing.publish.checks.records import Examined, of_record
from offing.publish.checks.together import Peers, against_last, is_empty, of_double

__all__ = ["Examined", "Peers", "against_last", "is_empty", "of_double", "of_record"]
