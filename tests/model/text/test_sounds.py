"""How names sound, whatever script they are written in."""

from __future__ import annotations

import pytest

from offing.model.text.sounds import han_names, script_of, sound

SOUNDS = {
    "Pokhara": "pkr",
    "HAMBURG": "hnprk",
    "Mombasa": "nnps",
    "Tahmid": "tnt",
    "Mattala": "ntr",
    "al-Quds": "kts",
    "el Salvador": "srftr",
    "Alma": "rn",  # not an article
    "الخرطوم": "krtn",
    "العا": "r",  # too short to have one
    "Cebu": "sp",
    "Cairo": "kr",
    "Max": "nks",
    "Xai": "s",
    "Schwerin": "sfrn",
    "Sharm": "srn",
    "Chad": "kt",
    "Ghana": "kn",
    "Phuket": "fkt",
    "Thika": "tk",
    "Джиззах": "ks",
    "Aioli": "r",
    "Oia": "",
    "": "",
    "卡萨布兰卡": "ksprnk",
    "亨亨": "hn",
    "哈哈尔": "hr",
    "卡x尔": "kr",
}


@pytest.mark.parametrize(("name", "classes"), SOUNDS.items())
def test_a_name_is_its_consonants_by_class(name: str, classes: str) -> None:
    """Without articles and vowels; an h counts at the start, a letter that is doubled once."""
    assert sound(name) == classes


@pytest.mark.parametrize(("one", "other"), [("Suai", "苏艾"), ("Tuzla", "图兹拉"), ("Sebkha", "السبخة")])
def test_one_name_sounds_alike_in_two_scripts(one: str, other: str) -> None:
    """Which is a hint that they are one."""
    assert sound(one) == sound(other) != ""
    assert script_of(one) != script_of(other)


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Konza", "latin"),
        ("", "latin"),
        ("42", "latin"),
        ("Ташкент", "cyrillic"),
        ("السبخة", "arabic"),
        ("图兹拉", "han"),
        ("K图", "han"),
        ("Konza السبخة", "arabic"),
    ],
)
def test_a_name_has_the_script_that_is_not_ours(name: str, script: str) -> None:
    """Names of one script are compared as written."""
    assert script_of(name) == script


def test_foreign_names_are_runs_of_their_own_characters() -> None:
    """Of three to twelve, as Chinese writes names of towns abroad."""
    assert han_names("在卡萨布兰卡签署，蒙巴、苏艾") == ["卡萨布兰卡"]
    assert han_names("图兹拉" * 5) == ["图兹拉" * 4, "图兹拉"]
