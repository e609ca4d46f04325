"""Columns of projects.csv on how a project stands among others, and how well it is documented. Pure."""

from __future__ import annotations

from operator import attrgetter

from offing.model.values.vocabulary import Speaker
from offing.publish.columns import true_or_false
from offing.publish.composed.scores import (
    COMPLETENESS,
    IMPLEMENTATION,
    LOAN,
    SOURCES,
    completeness,
    implementation_detail,
    loan_detail,
    source_quality,
)
from offing.publish.published import PublishedProject
from offing.publish.table import Column

PLACE_AMONG_OTHERS: tuple[Column[PublishedProject], ...] = (
    Column("parent_id", "the umbrella agreement or programme that it is part of", attrgetter("parent")),
    Column(
        "is_umbrella",
        "true where others are part of it, so that its sums hold theirs; empty where nobody said so",
        true_or_false(lambda each: each.record.curation.is_umbrella),
        "boolean",
    ),
    Column(
        "recommended_for_aggregates",
        "whether to add its sums to those of others: as a person set it, else approved, signed, under construction or "
        "completed, and no umbrella",
        true_or_false(lambda each: each.is_counted),
        "boolean",
        required=True,
        composed=True,
    ),
    Column("staff_comments", "what the staff tells readers", lambda each: each.record.curation.staff_comments),
)
QUALITY: tuple[Column[PublishedProject], ...] = (
    Column(
        "host_side",
        "whether an official of the host side is quoted",
        true_or_false(lambda each: Speaker.HOST_OFFICIAL in each.speakers),
        "boolean",
        required=True,
    ),
    Column(
        "chinese_side",
        "whether an official or state media of China are quoted",
        true_or_false(lambda each: each.has_chinese_side),
        "boolean",
        required=True,
    ),
    Column("source_quality", f"share of: {SOURCES}", source_quality, "number", required=True),
    Column("completeness", f"share of: {COMPLETENESS}", completeness, "number", required=True),
    Column("implementation_detail", f"share of: {IMPLEMENTATION}", implementation_detail, "number", required=True),
    Column("loan_detail", f"share of: {LOAN}", loan_detail, "number"),
)
