"""URLs: canonical form, identity keys, hosts. Pure.

Identity is frozen under `RULES_VERSION`: any change to the key of an address raises it, since stored keys were made
by the older rules. A later addition gave the AMP and mobile forms of a page the key of the page itself, and changed
no other key.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from tld import get_fld
from w3lib.url import canonicalize_url, url_query_cleaner

RULES_VERSION = 1

# Parameters that say where a reader came from, not which page it is.
TRACKING = [
    *("fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid", "igsh", "twclid", "ttclid"),
    *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "utm_name", "utm_reader"),
    *("utm_brand", "utm_social", "mc_cid", "mc_eid", "ref_src", "ref_url", "cmpid", "ncid", "ocid", "spm", "ito"),
    *("at_medium", "at_campaign", "at_custom1", "at_custom2", "at_custom3", "at_custom4", "_ga", "_gl"),
]
_TRAILING = re.compile(r"/+$")
# Copies of a page for mobile devices: by host, by path, by query, and in the caches of search engines.
_MOBILE_HOST = re.compile(r"(?:amp|m|mobile)\.(?=[^.]+\.[^.])")
_AMP_FIRST, _AMP_LAST = re.compile(r"^/amp(?=/[^/])", re.IGNORECASE), re.compile(r"(?<=[^/])/amp/*$", re.IGNORECASE)
_AMP_NAME = re.compile(r"(?<=[^/])\.amp(?=\.html?$|$)", re.IGNORECASE)
_AMP_QUERY = re.compile(
    r"(?:^|&)(?:amp(?:=(?:1|true|yes)?)?|(?:outputtype|output)=amp|amp_[a-z_]+=[^&]*)(?=&|$)", re.IGNORECASE
)
_AMP_CACHE = re.compile(
    r"https?://(?:[^/]+\.cdn\.ampproject\.org/[a-z]+|(?:www\.)?google\.[a-z.]+/amp)/(s/)?(?=[^/]+\.)"
)
_ADDRESS = re.compile(r"(https?)://([^/?#]+)([^#]*)", re.IGNORECASE)
_USUAL_PORT = {"http": ":80", "https": ":443"}


def canonical_url(url: str) -> str:
    """Return the address without fragment and tracking parameters, host in lower case, query sorted.

    Raises:
        ValueError: it is not an http or https address.
    """
    try:
        canonical = _canonical(url.strip())
    except ValueError:  # its message quotes what stands for host or port, which may be a password with a slash in it
        canonical = ""
    if not canonical:
        raise ValueError(_fault(url.strip()))
    return canonical


def _canonical(url: str) -> str:
    """Empty for what is no web address. Raises ValueError, with parts of the address, if a library cannot read it."""
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.port == -1:
        return ""
    cleaned = url_query_cleaner(url, TRACKING, remove=True, unique=False) if parts.query else url
    return canonicalize_url(cleaned, keep_fragments=False, keep_blank_values=True)


def _fault(url: str) -> str:
    """Return why an address is none.

    One with "@" is not quoted: it may hold a password in a place where none is sought.
    """
    return "not a web address" + ("" if "@" in url else f": {url[:200]!r}")


@lru_cache(maxsize=4)  # a feed's own is looked up with each entry, an entry's twice; an attacker's may be long
def url_key(url: str) -> str:
    """Return the identity of a page across all feeds: SHA-256 of its canonical form without scheme and last slash.

    Raises:
        ValueError: it is not an http or https address.
    """
    parts = urlsplit(_page_itself(canonical_url(url)))
    query = f"?{parts.query}" if parts.query else ""
    bare = f"{parts.netloc}{_TRAILING.sub('', parts.path)}{query}"
    return hashlib.sha256(f"{RULES_VERSION}:{bare}".encode()).hexdigest()


def _page_itself(url: str) -> str:
    """Return the address of the original of an AMP or mobile page; any other address unchanged."""
    parts = urlsplit(_AMP_CACHE.sub(lambda cache: "https://" if cache[1] else "http://", url, count=1))
    is_domain = host_of(url) == domain_of(url)  # m.co.uk is nobody's mobile site
    host = parts.netloc if is_domain else _MOBILE_HOST.sub("", parts.netloc, count=1)
    if host != parts.netloc and host.split(":")[0] == domain_of(f"//{host}"):
        host = f"www.{host}"
    path = _AMP_NAME.sub("", _AMP_LAST.sub("", _AMP_FIRST.sub("", parts.path)))
    query = _AMP_QUERY.sub("", parts.query).lstrip("&")
    return urlunsplit(parts._replace(netloc=host, path=path, query=query))


def feed_key(url: str) -> str:
    """Return the identity of a feed: SHA-256 of its address, byte for byte.

    Narrower than a page's: what would be tracking in the address of a page may select the feed. Only differences that
    do not change the request are ignored: case of scheme and host, the default port, the fragment, an absent path.

    Raises:
        ValueError: it is not an http or https address.
    """
    found = _ADDRESS.match(url.strip())
    if not found:
        raise ValueError(_fault(url))
    scheme = found[1].lower()
    user, at, host = found[2].rpartition("@")
    place = f"{user}{at}{host.lower().removesuffix(_USUAL_PORT[scheme])}"
    rest = found[3] if found[3].startswith("/") else f"/{found[3]}"
    return hashlib.sha256(f"feed:{RULES_VERSION}:{scheme}://{place}{rest}".encode("utf-8", "replace")).hexdigest()


def lookalike_key(url: str) -> str:
    """Return a key shared by feeds that are probably the same: their page's identity, without `www.`.

    Raises:
        ValueError: it is not an http or https address.
    """
    parts = urlsplit(canonical_url(url))
    return url_key(urlunsplit(parts._replace(netloc=parts.netloc.removeprefix("www."))))


def host_of(url: str) -> str:
    """Return the host without port, in lower case, or "" if there is none. Pacing uses it."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def domain_of(url: str) -> str:
    """Return the registered domain (example.co.uk), or the host if it has none (an IP address, localhost)."""
    found = get_fld(url, fail_silently=True, fix_protocol=True)
    return str(found) if found else host_of(url)
