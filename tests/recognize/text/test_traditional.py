"""Chinese in traditional characters."""

from __future__ import annotations

from offing.model.reading.mention import MentionKind, Quantity
from offing.model.sources.article import Article
from offing.recognize.text.traditional import Simplifier
from recognize.samples import recognizer, shipped_wording

_TEXT = "工務部宣布與華為簽約，在肯尼亞安裝二千三百個攝像鏡頭。"


def test_a_text_in_traditional_characters_is_read_like_one_in_simplified_ones() -> None:
    """Firm, country and size are found; what a mention holds stays as written."""
    mentions = recognizer().recognize(Article(1, "", (_TEXT,), "zh"))
    (firm,) = (m for m in mentions if m.kind is MentionKind.FIRM)
    assert (firm.key, firm.text) == ("huawei", "華為")
    (size,) = (m for m in mentions if m.kind is MentionKind.QUANTITY)
    assert isinstance(size.value, Quantity)
    assert (size.value.unit, size.text) == ("cameras", "二千三百個攝像鏡頭")


def test_a_text_in_simplified_characters_stays_itself() -> None:
    """A name or two in traditional characters make no traditional text."""
    simplifier = Simplifier(shipped_wording().simplified)
    text = "公共工程部宣布与华为签约，在内罗毕安装两千三百个摄像头，合作方为臺灣一家企业，工程明年完成。"
    assert simplifier.simplified(text) == text
    assert simplifier.simplified("Huawei") == "Huawei"
    assert simplifier.simplified("國際機場") == "国际机场"


def test_the_table_never_goes_in_circles() -> None:
    """No simplified form has a simplified form."""
    table = shipped_wording().simplified
    assert len(table) > 2000
    assert not set(table) & set(table.values())
