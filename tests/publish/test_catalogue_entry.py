"""What a release says of itself to repositories and catalogues: read as Zenodo, DCAT and schema.org have it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from rdflib import DCAT, DCTERMS, RDF, Graph, Namespace, URIRef

from factories.candidate import NOW, stored_candidate
from factories.release import ruled
from offing.config.files.layers import Layers
from offing.config.sites.release import load_release
from offing.errors import ConfigError
from offing.model.projects.finding import ReleaseRule, Severity
from offing.model.projects.related_work import Relation
from offing.model.projects.release_format import ReleaseFormat
from offing.model.review.decision import Judgement, Verdict
from offing.publish.catalogue.licences import licence_file, licence_url
from offing.services.records.promote import promote_accepted
from offing.services.releases.one_pass import Terms
from offing.services.releases.publish import publish
from offing.services.review.agreement import read_again
from offing.services.review.decisions import decide
from offing.store.database.engine import Database

SPDX = Namespace("http://spdx.org/rdf/terms#")
ISO_DATE = r"^\d{4}-\d{2}-\d{2}$"
RELATIONS = (  # developers.zenodo.org, "Deposit metadata", related_identifiers
    *("isCitedBy", "cites", "isSupplementTo", "isSupplementedBy", "isContinuedBy", "continues", "isDescribedBy"),
    *("describes", "hasMetadata", "isMetadataFor", "isNewVersionOf", "isPreviousVersionOf", "isPartOf", "hasPart"),
    *("isReferencedBy", "references", "isDocumentedBy", "documents", "isCompiledBy", "compiles", "isVariantFormOf"),
    *("isOriginalFormof", "isIdenticalTo", "isAlternateIdentifier", "isReviewedBy", "reviews", "isDerivedFrom"),
    *("isSourceOf", "requires", "isRequiredBy", "isObsoletedBy", "obsoletes"),
)
_TEXT = {"type": "string", "minLength": 1}
ZENODO = {  # the fields of the same page that a dataset may have
    "type": "object",
    "additionalProperties": False,
    "required": ["upload_type", "publication_date", "title", "creators", "description", "access_right", "license"],
    "properties": {
        "upload_type": {"const": "dataset"},
        "publication_date": {"type": "string", "pattern": ISO_DATE},
        "title": _TEXT,
        "creators": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name"],
                "properties": dict.fromkeys(("name", "affiliation", "orcid", "gnd"), _TEXT),
            },
        },
        "description": _TEXT,
        "access_right": {"enum": ["open", "embargoed", "restricted", "closed"]},
        "license": {"type": "string", "pattern": r"^[a-z0-9.+-]+$"},
        "keywords": {"type": "array", "items": _TEXT},
        "version": _TEXT,
        "language": {"type": "string", "pattern": "^[a-z]{3}$"},
        "related_identifiers": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["identifier", "relation"],
                "properties": {"identifier": _TEXT, "relation": {"enum": list(RELATIONS)}, "resource_type": _TEXT},
            },
        },
    },
}
CITED = """
[citation]
licence = "CC-BY-4.0"
authors = ["Otieno, Ada", "Institute of <Finance> & Roads"]
url = "https://data.example/offing/{version}"
[[citation.related]]
identifier = "10.1234/paper"
relation = "isDescribedBy"
"""


def _accepted(database: Database) -> int:
    with database.write() as conn:
        number = stored_candidate(conn)
    decide(database, Verdict(number, Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(database, NOW)
    return number


@pytest.fixture
def cited(sqlite_database: Database, tmp_path: Path) -> Database:
    """A site with a record, that names licence, authors, place and a paper."""
    _accepted(sqlite_database)
    return ruled(sqlite_database, tmp_path, dict.fromkeys(ReleaseRule, Severity.OFF), CITED)


of_rdflib = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # its parser of JSON-LD uses it


def test_zenodo_can_take_the_release(cited: Database, tmp_path: Path) -> None:
    """All fields are ones that it documents; names stay as they are, and its description is HTML."""
    publish(cited, "1.0", tmp_path / "one", NOW)
    found = json.loads((tmp_path / "one/.zenodo.json").read_bytes())
    Draft202012Validator(ZENODO).validate(found)
    assert [each["name"] for each in found["creators"]] == ["Otieno, Ada", "Institute of <Finance> & Roads"]
    assert (found["license"], found["version"], found["publication_date"]) == ("cc-by-4.0", "1.0", "2026-03-05")
    assert {each["identifier"]: each["relation"] for each in found["related_identifiers"]} == {
        "https://data.example/offing/1.0/": "isIdenticalTo",
        "10.1234/paper": "isDescribedBy",
    }
    assert set(Relation) <= set(RELATIONS)
    assert (tmp_path / "one/LICENSE").read_text().count("https://creativecommons.org/licenses/by/4.0/") == 1


@of_rdflib
def test_a_catalogue_reads_one_dataset_in_two_vocabularies(cited: Database, tmp_path: Path) -> None:
    """As linked data: a Dataset of schema.org and DCAT with each table and format, its size and digest as on disk."""
    publish(cited, "1.0", tmp_path / "one", NOW)
    graph = Graph().parse(data=(tmp_path / "one/metadata.jsonld").read_bytes(), format="json-ld")
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert dataset == URIRef("https://data.example/offing/1.0/")
    assert (dataset, RDF.type, URIRef("https://schema.org/Dataset")) in graph
    for name in ("name", "description", "version", "license", "creator", "datePublished", "keywords", "distribution"):
        assert list(graph.objects(dataset, URIRef(f"https://schema.org/{name}"))), name
    assert graph.value(dataset, DCTERMS.issued).toPython().isoformat() == "2026-03-05"
    assert graph.value(dataset, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    kinds = {
        str(graph.value(each, URIRef("https://schema.org/name"))): set(graph.objects(each, RDF.type))
        for each in graph.objects(dataset, URIRef("https://schema.org/creator"))
    }
    assert URIRef("https://schema.org/Person") in kinds["Otieno, Ada"]
    assert URIRef("https://schema.org/Organization") in kinds["Institute of <Finance> & Roads"]
    sums = {line[66:]: line[:64] for line in (tmp_path / "one/SHA256SUMS").read_text().splitlines()}
    downloads = list(graph.objects(dataset, DCAT.distribution))
    assert {"projects.csv", "flat.csv", "offing.sqlite"} <= {str(each).rsplit("/", 1)[1] for each in downloads}
    for each in downloads:
        name = str(each).removeprefix(f"{dataset}")
        checksum = graph.value(each, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)) == sums[name]
        assert int(graph.value(each, DCAT.byteSize)) == (tmp_path / "one" / name).stat().st_size


def test_a_kept_release_has_the_same_documents(cited: Database, tmp_path: Path) -> None:
    """On a later day, and after the site has changed its licence."""
    publish(cited, "1.0", tmp_path / "one", NOW)
    other = ruled(cited, tmp_path, {}, CITED.replace("CC-BY-4.0", "CC0-1.0"))
    publish(other, "1.0", tmp_path / "two", NOW + timedelta(days=9))
    for name in (".zenodo.json", "metadata.jsonld", "LICENSE", "statistics.json", "SHA256SUMS"):
        assert (tmp_path / "two" / name).read_bytes() == (tmp_path / "one" / name).read_bytes(), name


@of_rdflib
def test_a_site_that_names_no_licence_gives_none_away(sqlite_database: Database, tmp_path: Path) -> None:
    """Zenodo would take CC-BY where a deposit names none; the description for catalogues stays, with relative names."""
    _accepted(sqlite_database)
    publish(sqlite_database, "1.0", tmp_path / "one", NOW)
    there = {path.name for path in (tmp_path / "one").iterdir()}
    assert {"LICENSE", ".zenodo.json"}.isdisjoint(there)
    base = "https://mirror.example/offing/metadata.jsonld"
    graph = Graph().parse(data=(tmp_path / "one/metadata.jsonld").read_bytes(), format="json-ld", publicID=base)
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert dataset == URIRef("https://mirror.example/offing/")
    assert URIRef("https://mirror.example/offing/projects.csv") in set(graph.objects(dataset, DCAT.distribution))


def test_statistics_say_how_far_readers_agree_where_two_have_read(sqlite_database: Database, tmp_path: Path) -> None:
    """With the number of pairs; nothing is said where nobody measured it."""
    first, second = _accepted(sqlite_database), _accepted(sqlite_database)
    off = ruled(sqlite_database, tmp_path, dict.fromkeys(ReleaseRule, Severity.OFF))
    publish(off, "1.0", tmp_path / "one", NOW)
    assert "agreement" not in json.loads((tmp_path / "one/statistics.json").read_bytes())
    again = Verdict(first, Judgement.ACCEPT, "ben", edits={"countries": "UGA"})
    read_again(off, again, NOW + timedelta(hours=1), 1.0)
    read_again(off, Verdict(second, Judgement.ACCEPT, "ben"), NOW + timedelta(hours=1), 1.0)
    site = Terms(formats=(ReleaseFormat.SITE,))
    publish(off, "1.1", tmp_path / "two", NOW + timedelta(days=1), site)
    found = json.loads((tmp_path / "two/statistics.json").read_bytes())["agreement"]
    assert found["verdict"] == {"pairs": 2, "equal": 2, "share": 1.0, "kappa": None}
    assert found["countries"] == {"pairs": 2, "equal": 1, "share": 0.5}
    assert found["firms"]["share"] == 1.0
    publish(off, "1.1", tmp_path / "three", NOW + timedelta(days=2))
    pages = {path.relative_to(tmp_path / "two"): path.read_bytes() for path in (tmp_path / "two/site").rglob("*.html")}
    assert all((tmp_path / "three" / name).read_bytes() == content for name, content in pages.items())
    assert "Agreement of two readers" in (tmp_path / "three/site/methods.html").read_text("utf-8")


@pytest.mark.parametrize("spdx", ["CC-BY-4.0", "CC-BY-NC-SA-4.0", "CC0-1.0", "ODC-By-1.0", "ODbL-1.0", "MIT"])
def test_each_licence_is_named_with_the_address_of_its_text(spdx: str) -> None:
    """One that is not known here leads to the list of SPDX."""
    text = licence_file(spdx, "Projects", "1.0").decode()
    assert f"SPDX:    {spdx}\n" in text
    assert licence_url(spdx) in text
    assert ("summary" in text) is (spdx != "MIT")
    assert max(map(len, text.splitlines())) < 400


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("citation.url", 'url = "data.example"'),
        ("citation.url", 'url = "https://data.example/{release}"'),
        ("citation.related.0.relation", '[[citation.related]]\nidentifier = "10.1234/x"\nrelation = "likes"'),
        ("citation.related.0.identifier", '[[citation.related]]\nidentifier = "a paper"\nrelation = "cites"'),
    ],
)
def test_what_no_catalogue_could_read_is_refused(tmp_path: Path, key: str, lines: str) -> None:
    """By file and key."""
    (tmp_path / "release.toml").write_text(f"[citation]\n{lines}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_release(Layers.of(tmp_path))
    assert key in str(caught.value)
