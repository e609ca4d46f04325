"""site/: the release as static web pages that load nothing from elsewhere and open from a disk. Pure."""

from offing.publish.formats.site.writer import FOLDER, Site

__all__ = ["FOLDER", "Site"]
