"""How a release describes itself to repositories and catalogues. Pure.

`.zenodo.json` has the fields of Zenodo's deposit metadata (developers.zenodo.org, "Deposit metadata").
`metadata.jsonld` is a Dataset of schema.org and of DCAT 3 (w3.org/TR/vocab-dcat-3) in one.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from offing.model.projects.finding import Citation
from offing.model.projects.related_work import Relation
from offing.publish.catalogue.licences import licence_url
from offing.publish.formats import FORMATS
from offing.publish.marked import FileMark
from offing.publish.schema import ALL_TABLES

_CONTEXT = {
    "@vocab": "https://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_CSV = "text/csv"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a catalogue is told of a release: title, version, day of publication, and how it is to be cited."""

    title: str
    version: str
    day: date | None
    citation: Citation

    @property
    def address(self) -> str:
        """Where the files of the release lie, with a slash at the end; "" where the site names no place."""
        found = self.citation.url.replace("{version}", self.version)
        return f"{found.rstrip('/')}/" if found else ""


def zenodo_file(entry: Entry) -> bytes | None:
    """Return .zenodo.json; None without authors or licence: Zenodo would put a licence of its own choice."""
    cited = entry.citation
    if not cited.authors or not cited.licence:
        return None
    own = [{"identifier": entry.address, "relation": Relation.IS_IDENTICAL}] if entry.address else []
    works = [{"identifier": each.identifier, "relation": each.relation} for each in cited.related]
    described = {
        "title": entry.title,
        "upload_type": "dataset",
        "description": f"<p>{html.escape(cited.description, quote=False)}</p>",
        "creators": [{"name": name} for name in cited.authors],
        "access_right": "open",
        "license": cited.licence.lower(),  # as Zenodo writes the ids of SPDX
        "keywords": list(cited.keywords),
        "language": "eng",
        "version": entry.version,
        **({"publication_date": entry.day.isoformat()} if entry.day else {}),
        **({"related_identifiers": [*own, *works]} if own or works else {}),
    }
    return _json(described)


def metadata_file(entry: Entry, files: Mapping[str, FileMark]) -> bytes:
    """Return metadata.jsonld; `files` are those of the release, by name."""
    cited = entry.citation
    described = {
        "@context": _CONTEXT,
        "@id": entry.address or "./",
        "@type": ["Dataset", "dcat:Dataset"],
        **_both("name", "dct:title", entry.title),
        **_both("description", "dct:description", cited.description),
        **_both("version", "dcat:version", entry.version),
        **_both("keywords", "dcat:keyword", list(cited.keywords)),
        **_both("inLanguage", "dct:language", "en"),
        **({"url": entry.address} if entry.address else {}),
        **_when(entry.day),
        **_terms(cited),
        "creator": [_creator(name) for name in cited.authors],
        "isRelatedTo": [{"@id": _address(each.identifier)} for each in cited.related],
        "distribution": [_download(entry, *each) for each in _downloads(files)],
        "dcat:distribution": [{"@id": f"{entry.address}{name}"} for name, *_ in _downloads(files)],
    }
    return _json({name: value for name, value in described.items() if value not in ([], "")})


def _both(ours: str, theirs: str, value: object) -> dict[str, object]:
    """Return one value under the names of schema.org and of DCAT."""
    return {ours: value, theirs: value}


def _when(day: date | None) -> dict[str, object]:
    if day is None:
        return {}
    return {"datePublished": day.isoformat(), "dct:issued": {"@type": "xsd:date", "@value": day.isoformat()}}


def _terms(cited: Citation) -> dict[str, object]:
    url = licence_url(cited.licence)
    return {"license": url, "dct:license": {"@id": url}} if cited.licence else {}


def _creator(name: str) -> dict[str, object]:
    """Return an author; "Family, Given" is a person, any other name a body."""
    return {"@type": ["Person" if ", " in name else "Organization", "foaf:Agent"], **_both("name", "foaf:name", name)}


def _address(identifier: str) -> str:
    return identifier if identifier.startswith("http") else f"https://doi.org/{identifier}"


def _downloads(files: Mapping[str, FileMark]) -> Iterator[tuple[str, str, str, FileMark]]:
    """Yield name, media type, meaning and mark of the files that hold data."""
    for table in ALL_TABLES:
        yield table.file, _CSV, table.meaning, files[table.file]
    for spec in FORMATS.values():
        for name in sorted(filter(spec.file.has, files)):
            yield name, spec.file.media_type, spec.file.meaning, files[name]


def _download(entry: Entry, name: str, media_type: str, meaning: str, mark: FileMark) -> dict[str, object]:
    url = f"{entry.address}{name}"
    return {
        "@id": url,
        "@type": ["DataDownload", "dcat:Distribution"],
        **_both("name", "dct:title", name),
        **_both("description", "dct:description", meaning),
        "contentUrl": url,
        "dcat:downloadURL": {"@id": url},
        "encodingFormat": media_type,
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}{media_type}"},
        "contentSize": f"{mark.size} B",
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(mark.size)},
        "sha256": mark.sha256,
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": mark.sha256,
        },
    }


def _json(described: Mapping[str, Any]) -> bytes:
    return (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()
