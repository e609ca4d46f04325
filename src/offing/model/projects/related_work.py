"""A work to which the releases of a site are related: a paper, a dataset on which they rely, a code repository."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How a release is related to a work, as DataCite and Zenodo name it."""

    CITES = "cites"
    IS_CITED_BY = "isCitedBy"
    SUPPLEMENTS = "isSupplementTo"
    IS_SUPPLEMENTED = "isSupplementedBy"
    CONTINUES = "continues"
    IS_CONTINUED = "isContinuedBy"
    IS_DESCRIBED = "isDescribedBy"
    IS_DOCUMENTED = "isDocumentedBy"
    IS_NEW_VERSION = "isNewVersionOf"
    IS_PART = "isPartOf"
    HAS_PART = "hasPart"
    REFERENCES = "references"
    IS_REFERENCED = "isReferencedBy"
    IS_COMPILED = "isCompiledBy"
    IS_DERIVED = "isDerivedFrom"
    IS_SOURCE = "isSourceOf"
    IS_IDENTICAL = "isIdenticalTo"
    IS_REVIEWED = "isReviewedBy"


@dataclass(frozen=True, slots=True)
class RelatedWork:
    """A work by its DOI or address, and how a release is related to it."""

    identifier: str
    relation: Relation
