"""Words and towns that tell no project."""

from __future__ import annotations

from offing.config.files.layers import Layers
from offing.config.lexicons.world import large_towns
from offing.config.wordings.plain import plain_words_of
from offing.config.wordings.wording import load_wording
from offing.match.text.name_weights import plain_words


def test_days_offices_and_ordinary_words_are_plain() -> None:
    """Weekdays and months of all languages, offices, words of sectors; the name of a small town is not."""
    plain = plain_words(plain_words_of(Layers.of(None), load_wording(Layers.of(None))), {})
    told = "Wednesday Feb Aug miércoles juillet понедельник июль الأربعاء data ICT cabinet minister railway Concord"
    assert {*plain_words(told.split(), {})} <= plain
    assert not {*plain_words(["Karonga", "Tolumasi"], {})} & plain


def test_large_towns_are_reported_by_country_and_script() -> None:
    """Towns of 300,000 and capitals, in all scripts; a town of 80,000 is none."""
    towns = large_towns()
    assert {"Mombasa", "Nairobi"} <= towns["KEN"]
    assert "蒙巴萨" in towns["KEN"]
    assert "Praia" in towns["CPV"]
    assert "Athi River" not in towns["KEN"]
