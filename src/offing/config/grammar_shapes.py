"""The shapes of what holds parts of patterns in `config/wording/`: regular expressions, most of them plain words."""

from __future__ import annotations

from typing import Literal

from offing.config.documents import Strict
from offing.config.shapes import Patterns


class NameGrammar(Strict):
    """`name-grammar`: words of the patterns by which names of firms and bodies are read; the code says what they do."""

    kind: Literal["name-grammar"]
    firm_trades: Patterns = Patterns()
    firm_units: Patterns = Patterns()
    firm_acts: Patterns = Patterns()
    firm_built: Patterns = Patterns()
    firm_leads: Patterns = Patterns()
    firm_links: Patterns = Patterns()
    firm_kinds: Patterns = Patterns()
    no_firm_starts: Patterns = Patterns()
    acts_as_trades: Patterns = Patterns()
    no_firm_names: Patterns = Patterns()
    deals: Patterns = Patterns()
    firm_does: Patterns = Patterns()
    people: Patterns = Patterns()
    foreign_characters: Patterns = Patterns()
    body_links: Patterns = Patterns()
    adjective_endings: Patterns = Patterns()
    no_adjectives: Patterns = Patterns()
    general_heads: Patterns = Patterns()
    weak_heads: Patterns = Patterns()
    levels: Patterns = Patterns()
    no_names: Patterns = Patterns()
    adjectives: Patterns = Patterns()
    charged: Patterns = Patterns()
    leads_to_firms: Patterns = Patterns()
    institution_ends: Patterns = Patterns()
    callings: Patterns = Patterns()
    joint_works: Patterns = Patterns()
    chinese_leads: Patterns = Patterns()
    chinese_firms: Patterns = Patterns()
    trade_ends: Patterns = Patterns()
    no_centres: Patterns = Patterns()
    institution_acts: Patterns = Patterns()
    schools: Patterns = Patterns()
    counted_firms: Patterns = Patterns()
    legal_endings: Patterns = Patterns()
    body_fields: Patterns = Patterns()
    vague_tails: Patterns = Patterns()
    local_leads: Patterns = Patterns()
    local_firms: Patterns = Patterns()
    local_acts: Patterns = Patterns()
    partner_acts: Patterns = Patterns()
    no_local_firms: Patterns = Patterns()
    no_body_names: Patterns = Patterns()
    no_quoted_firms: Patterns = Patterns()
    trades_for: Patterns = Patterns()
    the_firm: Patterns = Patterns()
    workers: Patterns = Patterns()
    seated: Patterns = Patterns()
    firm_forms: Patterns = Patterns()
    name_sounds: Patterns = Patterns()
    times: Patterns = Patterns()


class Progress(Strict):
    """`progress`: how a text counts what is done of a number of things."""

    kind: Literal["progress"]
    of_whole: Patterns = Patterns()
    done: Patterns = Patterns()
    no_works: Patterns = Patterns()
    wholes: Patterns = Patterns()
    measures: Patterns = Patterns()
    by_now: Patterns = Patterns()
    no_things: Patterns = Patterns()
