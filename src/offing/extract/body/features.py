"""Features for and against a block being article text, without anyone having read the page.

Element names count only inside the trunk: `<body class="has-sidebar">` is no evidence about a paragraph.
"""

from __future__ import annotations

import math
import re

from offing.extract.body.page_blocks import MeasuredBlock, PageBlocks
from offing.extract.body.pass_texts import PART_OF_A_BLOCK

Features = dict[str, float]
# Features for rules, without fitted weights: they hold for pages unlike those that the weights were fitted on.
HEADLINE, BELOW_HEADLINE, LEADS_ON, ASKS = "headline", "below_headline", "leads_on", "asks"
AMONG = "among"  # a sentence that no pass took, among the paragraphs, with no headline in its branch
RULED = frozenset({HEADLINE, BELOW_HEADLINE, LEADS_ON, ASKS, AMONG})
SETTLED = "settled"  # positive for a block that is text, negative for one that is not

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


def features(page: PageBlocks) -> list[Features]:
    """For each block within reach its features by name, each about 0 to 1; zeros are omitted."""
    return [{name: float(value) for name, value in _all(page, at).items() if value} for at in page.reach]


def settled_features(page: PageBlocks) -> list[Features]:
    """Like `features`, but blocks that the weights always decide alike get few features, and `settled` as the verdict.

    All of 2,462 blocks of the first kind were kept, and 3 of 6,563 of the second (every third page of Scrapinghub: as
    it is, without names, and without sections). Together they are more than half of a page.
    """
    lines = page.lines
    return [
        _settled(lines[at], page) or {name: value for name, value in _all(page, at).items() if value}
        for at in page.reach
    ]


def _settled(line: MeasuredBlock, page: PageBlocks) -> Features:
    """The features of a sentence of the densest prose that both passes took, or of links that neither took; or {}."""
    if (
        line.is_core
        and line.is_sentence
        and page.is_dense(line.place)
        and not page.readers.lines.is_line_of_page(line.block.text)
    ):
        return {SETTLED: 1.0, "both": 1.0, "core": 1.0}
    if line.linked > _HALF and not line.wide and not line.strict:
        tag = line.place.tag
        asked = {"all_linked": line.linked > _ALL, "is_heading": tag in _HEADINGS, "is_row": tag == "tr"}
        return {SETTLED: -1.0, "neither": 1.0} | {name: 1.0 for name, is_so in asked.items() if is_so}
    return {}


def _all(page: PageBlocks, at: int) -> Features:
    line = page.lines[at]
    found = {"one": 1.0} | _of_text(page, line) | _of_passes(page, at) | _of_order(page, at) | _of_place(page, line)
    return found | _joint(found) | _ruled(page, at, found)


def _ruled(page: PageBlocks, at: int, found: Features) -> Features:
    """Features for rules; each applies to few blocks."""
    line, block = page.lines[at], page.lines[at].block
    inside = not found["before"] and not found["after"] and found["neither"] and found["in_dense"]
    asks = any(place.asks for place in page.below_trunk(line.place)[:2])
    return {
        HEADLINE: line.is_headline,
        BELOW_HEADLINE: page.is_below_headline(at),
        LEADS_ON: found["is_row"] and block.onward >= _SEVERAL * len(block.text),
        ASKS: asks and page.box(line).blocks <= _FEW,
        AMONG: inside and found["sentence"] and not found["furniture"] and not page.branch(line).headlines,
    }


def _of_passes(page: PageBlocks, at: int) -> Features:
    lines, line, stated = page.lines, page.lines[at], page.texts.stated
    near = [lines[other] for other in range(max(0, at - 2), min(len(lines), at + 3)) if other != at]
    before = at > 0 and lines[at - 1].strict
    after = at + 1 < len(lines) and lines[at + 1].strict
    summary = len(line.folded) >= PART_OF_A_BLOCK and line.folded in page.texts.summary
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
        "stated": bool(stated.whole) and stated.contains(line.folded),
        "unstated": bool(stated.whole) and not stated.contains(line.folded),
        "summary": summary,
        "repeated": page.times[line.folded] > 1,
    }


def _of_order(page: PageBlocks, at: int) -> Features:
    first, last = page.core[0], page.core[-1]
    outside = max(first - at, at - last, 0)
    return {
        "before": at < first,
        "after": at > last,
        "first": at == first,
        "last": at == last,
        "mark": page.readers.lines.is_end_mark(page.lines[at].block.text),
        "behind_mark": page.marks[at] > 0,
        "behind_marks": min(page.marks[at], 3) / 3,
        "near_mark": page.marks[at] > page.marks[max(0, at - 4)],
        "far_before": min(first - at, 10) / 10 if at < first else 0,
        "far_after": min(at - last, 10) / 10 if at > last else 0,
        "outside": min(outside, 30) / 30,
        "depth": (at - first) / (last - first) if first <= at <= last and last > first else 0,
    }


def _of_place(page: PageBlocks, line: MeasuredBlock) -> Features:
    inner = page.below_trunk(line.place)
    near, far, hints = inner[:2], inner[2:], page.readers.hints.of
    tags = {place.tag for place in inner}
    branch, similar = page.branch(line), page.similar(line)
    return {
        "in_trunk": any(each is page.trunk for each in line.place.line()),
        "direct": len(inner) <= 1,
        "dense": page.is_dense(line.place),
        "in_dense": any(each is page.dense for each in line.place.line()),
        "deep": min(len(inner), 6) / 6,
        **{f"in_{tag}": True for tag in tags & _EDGES},
        **{f"near_{name}": True for place in near for name in hints(place.names)},
        **{f"far_{name}": True for place in far for name in hints(place.names)},
        "branch_blocks": min(1.0, math.log1p(branch.blocks) / 4),
        "branch_core": branch.core / branch.width,
        "branch_linked": branch.linked / branch.width,
        "branch_width": min(1.0, math.log1p(branch.width) / 8),
        "kin_core": similar.core / similar.width,
        "kin_wide": similar.wide / similar.width,
        "kin_alone": similar.blocks == 1,
        "kin_linked": similar.linked / similar.width,
    }


def _joint(found: Features) -> Features:
    """Features that matter only in combination."""
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


def _of_text(page: PageBlocks, line: MeasuredBlock) -> Features:
    text, tag = line.block.text, line.place.tag
    words = _WORDS.findall(text)
    furniture = page.readers.lines.is_often_of_page(text)
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
        "line_rule": page.readers.lines.is_line_of_page(text),
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
