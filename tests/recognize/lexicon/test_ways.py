"""How a project comes about, in the words of each language's press."""

from __future__ import annotations

import pytest

from offing.model.reading.mention import MentionKind
from recognize.samples import mentions

WAYS = (
    ("en", "The trams are paid out of the city budget.", "contract"),
    ("en", "The hospital signed a three-year licence for the software.", "licence"),
    ("en", "The firm will own and operate the wind farm.", "investment"),
    ("en", "All is covered by a grant of RMB 30 million.", "grant"),
    ("fr", "La ville paie sur ses fonds propres.", "contract"),
    ("fr", "Le port a acquis la licence du logiciel.", "licence"),
    ("fr", "L'aide est non remboursable.", "grant"),
    ("fr", "Les microscopes ont été offerts par la Chine.", "donation"),
    ("es", "La obra se paga con recursos propios.", "contract"),
    ("es", "La cooperación no reembolsable suma diez millones.", "grant"),
    ("es", "Los equipos fueron donados por la embajada.", "donation"),
    ("pt", "A ponte é paga com recursos próprios.", "contract"),
    ("pt", "O apoio é a fundo perdido.", "grant"),
    ("pt", "As máquinas foram doadas pela China.", "donation"),
    ("zh", "中方向学校捐赠设备一批。", "donation"),
    ("zh", "该桥由中国无偿援助建设。", "grant"),
    ("zh", "该公司获得港口特许经营权。", "investment"),
    ("zh", "两所大学开展联合观测。", "research-cooperation"),
    ("ru", "Платит город из собственного бюджета.", "contract"),
    ("ru", "Завод строит совместное предприятие.", "investment"),
    ("ru", "Автобусы передали в дар.", "donation"),
    ("ar", "المشروع بتمويل ذاتي من دون قرض", "contract"),
    ("ar", "الأجهزة هدية من الشركة", "donation"),
    ("ar", "ستستثمر الشركة في المصنع", "investment"),
)


@pytest.mark.parametrize(("language", "sentence", "mode"), WAYS)
def test_who_pays_gives_or_owns_tells_the_mode(language: str, sentence: str, mode: str) -> None:
    """A wording of the mode stands in the sentence."""
    assert mode in {m.key for m in mentions(sentence, language) if m.kind is MentionKind.MODE}


def test_other_words_tell_no_mode() -> None:
    """A sentence about nothing of the kind tells none."""
    assert not [m for m in mentions("The weather was mild all week.") if m.kind is MentionKind.MODE]
