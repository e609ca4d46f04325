"""URLs: canonical form, identity keys, hosts. Pure.

Identity is frozen under `RULES_VERSION`: whoever changes what two addresses share raises it, since stored
keys were made by the older rules.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit, urlunsplit

from tld import get_fld
from w3lib.url import canonicalize_url, url_query_cleaner

RULES_VERSION = 1

# Parameters that say how a reader came, not which page it is.
TRACKING = [
    *("fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid", "igsh", "twclid", "ttclid"),
    *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "utm_name", "utm_reader"),
    *("utm_brand", "utm_social", "mc_cid", "mc_eid", "ref_src", "ref_url", "cmpid", "ncid", "ocid", "spm", "ito"),
    *("at_medium", "at_campaign", "at_custom1", "at_custom2", "at_custom3", "at_custom4", "_ga", "_gl"),
]
_TRAILING = re.compile(r"/+$")
_ADDRESS = re.compile(r"(https?)://([^/?#]+)([^#]*)", re.IGNORECASE)
_USUAL_PORT = {"http": ":80", "https": ":443"}


def canonical_url(url: str) -> str:
    """The address without fragment and tracking parameters, host in lower case, query sorted.

    Raises:
        ValueError: it is no http or https address.
    """
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not a web address: {url[:200]!r}")
    cleaned = url_query_cleaner(url.strip(), TRACKING, remove=True, unique=False) if parts.query else url.strip()
    return canonicalize_url(cleaned, keep_fragments=False, keep_blank_values=True)


def url_key(url: str) -> str:
    """The identity of a page over all feeds: SHA-256 of its canonical form without scheme and last slash.

    Raises:
        ValueError: it is no http or https address.
    """
    parts = urlsplit(canonical_url(url))
    query = f"?{parts.query}" if parts.query else ""
    bare = f"{parts.netloc}{_TRAILING.sub('', parts.path)}{query}"
    return hashlib.sha256(f"{RULES_VERSION}:{bare}".encode()).hexdigest()


def feed_key(url: str) -> str:
    """The identity of a feed: SHA-256 of its address, byte for byte.

    Narrower than a page's: what would be tracking in the address of a page may choose the feed. Only what makes
    no other request is set aside: case of scheme and host, the usual port, the fragment, an absent path.

    Raises:
        ValueError: it is no http or https address.
    """
    found = _ADDRESS.match(url.strip())
    if not found:
        raise ValueError(f"not a web address: {url[:200]!r}")
    scheme = found[1].lower()
    user, at, host = found[2].rpartition("@")
    place = f"{user}{at}{host.lower().removesuffix(_USUAL_PORT[scheme])}"
    rest = found[3] if found[3].startswith("/") else f"/{found[3]}"
    return hashlib.sha256(f"feed:{RULES_VERSION}:{scheme}://{place}{rest}".encode("utf-8", "replace")).hexdigest()


def lookalike_key(url: str) -> str:
    """What feeds share that are probably one: their page's identity, without `www.`.

    Raises:
        ValueError: it is no http or https address.
    """
    parts = urlsplit(canonical_url(url))
    return url_key(urlunsplit(parts._replace(netloc=parts.netloc.removeprefix("www."))))


def host_of(url: str) -> str:
    """The host without port, in lower case, or "" where there is none. Pacing goes by it."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def domain_of(url: str) -> str:
    """The registered domain (example.co.uk), or the host where it has none (an IP address, localhost)."""
    found = get_fld(url, fail_silently=True, fix_protocol=True)
    return str(found) if found else host_of(url)
