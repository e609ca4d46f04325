"""fetch: from an entry's answer to a page, or to what becomes of the entry. Pure: the exchange itself is `net`."""
