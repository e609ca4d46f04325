"""fetch: what becomes of an entry, given the answer that came for its link. Pure; asking is `net`'s part."""

from offing.fetch.judge import judge_page

__all__ = ["judge_page"]
