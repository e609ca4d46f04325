"""What speaks for and against a block being text of the article: figures that need nobody to have read the page.

Names of elements count only inside the trunk: `<body class="has-sidebar">` says nothing of a paragraph.
"""

from __future__ import annotations

import math
import re

from offing.extract.survey import Line, Sum, Survey
from offing.extract.votes import PART_OF_A_BLOCK

Features = dict[str, float]
# What rules ask for and no weight is fitted to: they hold for pages unlike those that the weights know.
HEADLINE, BELOW_HEADLINE, LEADS_ON, ASKS = "headline", "below_headline", "leads_on", "asks"
AMONG = "among"  # a sentence that no way took among the paragraphs, with no headline in what it is part of
RULED = frozenset({HEADLINE, BELOW_HEADLINE, LEADS_ON, ASKS, AMONG})
SETTLED = "settled"  # above nought for a block that is text, below it for one that is none

_LONG = 200
_MIDDLING = 80
_SHORT = 40
_TINY = 15
_FEW = 5
_ALL = 0.9
_HALF = 0.5
_SEVERAL = 0.2
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_EDGES = frozenset(
    {"aside", "footer", "nav", "header", "form", "figure", "details", "fieldset", "table", "ul", "blockquote"}
)
_WORDS = re.compile(r"\w+")
_DIGITS = re.compile(r"\d")
_HANDLE = re.compile(r"(?<!\w)@\w|https?://|www\.|\w@\w")


def features(survey: Survey) -> list[Features]:
    """For each block within reach its figures by name, each about 0 to 1; those that are nought are left out."""
    return [{name: float(value) for name, value in _all(survey, at).items() if value} for at in survey.reach]


def settled_features(survey: Survey) -> list[Features]:
    """As `features`, but a block that no weight has ever decided otherwise has few of them, and `settled` for a sum.

    Of 2,462 blocks of the first kind all were kept, of 6,563 of the second 3 (every third page of Scrapinghub, as it
    is, without names, and without sections). They are half of a page and more.
    """
    lines = survey.lines
    return [
        _settled(lines[at], survey) or {name: value for name, value in _all(survey, at).items() if value}
        for at in survey.reach
    ]


def _settled(line: Line, survey: Survey) -> Features:
    """The figures of a sentence in the densest prose that both ways took, or of links that neither took, else none."""
    if (
        line.is_core
        and line.is_sentence
        and survey.is_dense(line.place)
        and not survey.tools.lines.is_line_of_page(line.block.text)
    ):
        return {SETTLED: 1.0, "both": 1.0, "core": 1.0}
    if line.linked > _HALF and not line.wide and not line.strict:
        tag = line.place.tag
        asked = {"all_linked": line.linked > _ALL, "is_heading": tag in _HEADINGS, "is_row": tag == "tr"}
        return {SETTLED: -1.0, "neither": 1.0} | {name: 1.0 for name, is_so in asked.items() if is_so}
    return {}


def _all(survey: Survey, at: int) -> Features:
    line = survey.lines[at]
    found = (
        {"one": 1.0} | _of_text(survey, line) | _of_votes(survey, at) | _of_order(survey, at) | _of_place(survey, line)
    )
    return found | _joint(found) | _ruled(survey, at, found)


def _ruled(survey: Survey, at: int, found: Features) -> Features:
    """What rules ask for; each holds for few blocks."""
    line, block = survey.lines[at], survey.lines[at].block
    inside = not found["before"] and not found["after"] and found["neither"] and found["in_dense"]
    asks = any(place.asks for place in survey.below_trunk(line.place)[:2])
    return {
        HEADLINE: line.is_headline,
        BELOW_HEADLINE: survey.is_below_headline(at),
        LEADS_ON: found["is_row"] and block.onward >= _SEVERAL * len(block.text),
        ASKS: asks and survey.box(line).blocks <= _FEW,
        AMONG: inside and found["sentence"] and not found["furniture"] and not survey.branch(line).headlines,
    }


def _of_votes(survey: Survey, at: int) -> Features:
    lines, line, stated = survey.lines, survey.lines[at], survey.votes.stated
    near = [lines[other] for other in range(max(0, at - 2), min(len(lines), at + 3)) if other != at]
    before = at > 0 and lines[at - 1].strict
    after = at + 1 < len(lines) and lines[at + 1].strict
    summary = len(line.folded) >= PART_OF_A_BLOCK and line.folded in survey.votes.summary
    return {
        "wide": line.wide,
        "strict": line.strict,
        "both": line.wide and line.strict,
        "core": line.is_core,
        "neither": not line.wide and not line.strict,
        "between": before and after,
        "alone": not before and not after,
        "near_strict": sum(other.strict for other in near) / 4,
        "near_wide": sum(other.wide for other in near) / 4,
        "stated": bool(stated.whole) and stated.holds(line.folded),
        "unstated": bool(stated.whole) and not stated.holds(line.folded),
        "summary": summary,
        "repeated": survey.times[line.folded] > 1,
    }


def _of_order(survey: Survey, at: int) -> Features:
    first, last = survey.core[0], survey.core[-1]
    outside = max(first - at, at - last, 0)
    return {
        "before": at < first,
        "after": at > last,
        "first": at == first,
        "last": at == last,
        "mark": survey.tools.lines.is_end_mark(survey.lines[at].block.text),
        "behind_mark": survey.marks[at] > 0,
        "behind_marks": min(survey.marks[at], 3) / 3,
        "near_mark": survey.marks[at] > survey.marks[max(0, at - 4)],
        "far_before": min(first - at, 10) / 10 if at < first else 0,
        "far_after": min(at - last, 10) / 10 if at > last else 0,
        "outside": min(outside, 30) / 30,
        "depth": (at - first) / (last - first) if first <= at <= last and last > first else 0,
    }


def _of_place(survey: Survey, line: Line) -> Features:
    inner = survey.below_trunk(line.place)
    near, far, hints = inner[:2], inner[2:], survey.tools.hints.of
    tags = {place.tag for place in inner}
    return {
        "in_trunk": any(each is survey.trunk for each in line.place.line()),
        "direct": len(inner) <= 1,
        "dense": survey.is_dense(line.place),
        "in_dense": any(each is survey.dense for each in line.place.line()),
        "deep": min(len(inner), 6) / 6,
        **{f"in_{tag}": True for tag in tags & _EDGES},
        **{f"near_{name}": True for place in near for name in hints(place.names)},
        **{f"far_{name}": True for place in far for name in hints(place.names)},
        **_of_branch(survey.branch(line)),
        **_of_kin(survey.kin(line)),
    }


def _of_branch(branch: Sum) -> Features:
    return {
        "branch_blocks": min(1.0, math.log1p(branch.blocks) / 4),
        "branch_core": branch.core / branch.width,
        "branch_linked": branch.linked / branch.width,
        "branch_width": min(1.0, math.log1p(branch.width) / 8),
    }


def _of_kin(kin: Sum) -> Features:
    return {
        "kin_core": kin.core / kin.width,
        "kin_wide": kin.wide / kin.width,
        "kin_alone": kin.blocks == 1,
        "kin_linked": kin.linked / kin.width,
    }


def _joint(found: Features) -> Features:
    """Figures that mean something only together."""
    box = found.get("branch_linked", 0) > _HALF and found.get("branch_blocks", 0) > _SEVERAL
    return {
        "solid": found["both"] and found["direct"] and found["sentence"] and not found["furniture"],
        "wide_inside": found["wide"] and not found["before"] and not found["after"],
        "wide_only": found["wide"] and not found["strict"],
        "strict_only": found["strict"] and not found["wide"],
        "wide_box": found["wide"] and box,
        "wide_linked": found["wide"] and found["all_linked"],
        "wide_row": found["wide"] and found["is_row"],
        "wide_li": found["wide"] and found["is_li"],
        "wide_heading": found["wide"] and found["is_heading"],
        "wide_short": found["wide"] and found["short"],
        "wide_handle": found["wide"] and found["handle"],
        "wide_before": found["wide"] and found["before"],
        "wide_behind_mark": found["wide"] and found["behind_mark"],
        "after_mark": found["after"] and found["behind_mark"],
        "inside_mark": not found["after"] and found["behind_mark"] and found["dense"],
        "wide_after": found["wide"] and found["after"],
        "wide_after_short": found["wide"] and found["after"] and not found["long"],
        "after_furniture": found["after"] and found["furniture"],
        "last_furniture": found["last"] and found["furniture"],
        "wide_kin": found["wide"] and found.get("kin_core", 0) > _HALF,
        "kin_no_core": not found.get("kin_core", 0),
        "missed_kin": not found["wide"] and found["in_trunk"] and found["kin_core"] > _HALF and not found["short"],
        "wide_dense": found["wide"] and found["dense"],
        "strict_dense": found["strict"] and found["dense"],
        "dense_only": found["dense"] and found["neither"] and found["sentence"],
        "wide_scattered": found["wide"] and not found["in_dense"] and not found["in_trunk"],
        "summary_first": found["summary"] and (found["first"] or found["before"]),
    }


def _of_text(survey: Survey, line: Line) -> Features:
    text, tag = line.block.text, line.place.tag
    words = _WORDS.findall(text)
    furniture = survey.tools.lines.is_often_of_page(text)
    return {
        "width": min(1.0, math.log1p(line.width) / 7),
        "long": line.width >= _LONG,
        "short": line.width < _SHORT,
        "tiny": line.width < _TINY,
        "sentence": line.is_sentence,
        "colon": text.endswith((":", "：")),
        "linked": line.linked,
        "all_linked": line.linked > _ALL,
        "bold": min(1.0, line.block.bold / len(text)),
        "lower": text[:1].islower(),
        "capitals": sum(word[:1].isupper() for word in words) / len(words) if words else 0,
        "shouts": text.isupper(),
        "digits": len(_DIGITS.findall(text)) / len(text),
        "handle": bool(_HANDLE.search(text)),
        "line_rule": survey.tools.lines.is_line_of_page(text),
        "furniture": furniture,
        "short_furniture": furniture and line.width < _MIDDLING,
        "no_words": not words,
        "is_p": tag == "p",
        "is_li": tag == "li",
        "is_row": tag == "tr",
        "is_h1": tag == "h1",
        "is_heading": tag in _HEADINGS,
        "is_caption": tag == "figcaption",
    }
