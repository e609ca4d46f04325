"""What a release knows beside its records: the gazetteer, and the rates of a site."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from offing.config.files.layers import Layers
from offing.config.lexicons.gazetteer import find_place
from offing.config.sites.rates import load_rates
from offing.model.values.rate import Worth
from offing.publish.composed.reference import Located, Precision, Reference
from offing.publish.formats.world import world
from offing.rates import Converter, NoRate


def load_reference(layers: Layers) -> Reference:
    """Return the reference data of a site.

    Raises:
        ConfigError: its rates cannot be used.
    """
    converter = Converter(load_rates(layers))

    def worth(value: Decimal, currency: str, day: date) -> Worth | None:
        try:
            return converter.worth(value, currency, day)
        except NoRate:
            return None

    return Reference(_located, worth)


def _located(name: str, country: str) -> Located | None:
    """Return where a place lies; without a name, a point in the country."""
    if not name:
        outline = world().get(country)
        return Located(country, outline.latitude, outline.longitude, "", Precision.COUNTRY) if outline else None
    found = find_place(name, country)
    if found is None:
        return None
    precision = Precision.POPULATED_PLACE if found.is_town else Precision.REGION
    return Located(country, found.latitude, found.longitude, found.region, precision)
