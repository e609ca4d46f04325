"""The speaker of a quote: whom its sentence names as saying so, else the outlet that wrote it.

A minister who cuts a ribbon says nothing: officials and companies are speakers only near a verb of saying, or where
words are quoted.
"""

from __future__ import annotations

import re

from offing.model.reading.mention import Mention, MentionKind
from offing.model.sources.article import Article
from offing.model.values.vocabulary import SourceKind, Speaker
from offing.propose.reading.scope import Line

_SAYS = "says-"
_VERBS = frozenset({"says-so", "says-company"})  # "the company said" is a verb of saying itself
_COMPANY_PEOPLE = "company-people"
_NEAR = 60  # characters between the verb of saying and the speaker
_QUOTED = re.compile(r"""[“«「"][^”»」"]{25,}[”»」"]|[“「«][一-鿿，]{8,}[”」»]""")  # quoted words, not a quoted name
_BREAK = re.compile("[;；؛]")
# These are named only as sources. Where a sentence names several, the first in this order is the speaker.
_SOURCES = (Speaker.UNNAMED, Speaker.STATE_MEDIA, Speaker.NGO)
_OFFICERS = (Speaker.CHINESE_OFFICIAL, Speaker.COMPANY, Speaker.HOST_OFFICIAL)
_OUTLETS = {
    SourceKind.OFFICIAL_HOST: Speaker.HOST_OFFICIAL,
    SourceKind.OFFICIAL_CHINA: Speaker.CHINESE_OFFICIAL,
    SourceKind.COMPANY: Speaker.COMPANY,
    SourceKind.STATE_MEDIA: Speaker.STATE_MEDIA,
    SourceKind.NGO: Speaker.NGO,
}


def speaker(line: Line, mention: Mention, article: Article) -> Speaker:
    """The speaker of the clause that contains a mention; a semicolon ends what somebody says.

    For the outlet the kind of its publisher is the speaker; the media, where that is unknown.
    """
    text = article.text
    cues = [
        cue
        for cue in line.of(MentionKind.SIGNAL)
        if (cue.key or "").startswith(_SAYS)
        and not _BREAK.search(text, min(cue.end, mention.end), max(cue.start, mention.start))
    ]
    named = {who for cue in cues if (who := _who(cue)) in _SOURCES}
    source = next((who for who in _SOURCES if who in named), None)
    is_quoted = bool(_QUOTED.search(text, line.sentence.start, line.sentence.end))
    return source or _officer(line, cues, is_quoted=is_quoted) or outlet_voice(article.publisher)


def outlet_voice(publisher: SourceKind | None) -> Speaker:
    """The speaker where an outlet reports in its own voice."""
    return _OUTLETS.get(publisher, Speaker.MEDIA) if publisher else Speaker.MEDIA


def _who(mention: Mention) -> Speaker | None:
    key = (mention.key or "").removeprefix(_SAYS)
    return Speaker.COMPANY if key == _COMPANY_PEOPLE else Speaker(key) if key in set(Speaker) else None


def _officer(line: Line, cues: list[Mention], *, is_quoted: bool) -> Speaker | None:
    """The official or the company next to a verb of saying, or beside quoted words."""
    named = [(who, mention) for mention in cues if (who := _who(mention)) in _OFFICERS]
    verbs = [mention for mention in cues if mention.key in _VERBS]
    named += [(Speaker.COMPANY, firm) for firm in line.of(MentionKind.FIRM) if verbs]
    near = [(gap, _OFFICERS.index(who)) for who, mention in named if (gap := _gap(mention, verbs)) <= _NEAR]
    if near:
        return _OFFICERS[min(near)[1]]
    return min((who for who, _ in named), key=_OFFICERS.index, default=None) if is_quoted and not verbs else None


def _gap(mention: Mention, verbs: list[Mention]) -> int:
    """The characters between a mention and the nearest verb of saying; a speaker before the verb wins ties."""
    if mention in verbs:
        return 0
    gaps = (verb.start - mention.end if mention.end <= verb.start else mention.start - verb.end + 1 for verb in verbs)
    return min((max(gap, 0) for gap in gaps), default=_NEAR + 1)
