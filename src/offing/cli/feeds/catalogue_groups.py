"""Chooses feeds of the catalogue by group."""

from __future__ import annotations

from collections.abc import Sequence

from offing.config.files.layers import Layers
from offing.config.sites.feeds import load_catalogue
from offing.errors import UnknownItem
from offing.model.sources.feed import FeedSpec

ALL = "all"


def choose_feeds(layers: Layers, groups: Sequence[str]) -> tuple[FeedSpec, ...]:
    """Return the feeds of some groups of the catalogue; all of them for `all`.

    Raises:
        UnknownItem: there is no such group.
    """
    if not groups:
        return ()
    catalogue = load_catalogue(layers)
    known = {group.id for group in catalogue.groups}
    for group in groups:
        if group != ALL and group not in known:
            raise UnknownItem(f"the catalogue has no group {group!r}; its groups are {', '.join(sorted(known))}")
    wanted = known if ALL in groups else set(groups)
    return tuple(spec for spec in catalogue.feeds if wanted & set(spec.groups))
