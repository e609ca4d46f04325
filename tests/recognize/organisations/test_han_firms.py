"""Chinese firms without a legal form, by their part in a Chinese sentence."""

from __future__ import annotations

import pytest

from recognize.samples import found


def unlisted(text: str) -> list[str]:
    """The firms of a text that no list has, as written."""
    return [firm.text for firm in found(text, "firm", "zh") if firm.key is None]


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("赞比亚公路由蓝江国际承建，今年通车。", ["蓝江国际"]),
        ("承建方蓝路国际表示，赞比亚工程按期完工。", ["蓝路国际"]),
        ("山东蓝通建设承建的桥梁竣工，赞比亚总统出席。", ["山东蓝通建设"]),
        ("中国企业云蓝智联将为加纳提供摄像头。", ["云蓝智联"]),
        ("总部位于深圳的蓝视宝向乌干达交付系统。", ["蓝视宝"]),
        ("杭州企业“蓝芯”中标埃及项目。", ["蓝芯"]),
        ("蓝信安防（北京）与乌兹别克斯坦签约。", ["蓝信安防"]),
        ("他与杭州蓝泠电测副董事长签字。", ["杭州蓝泠电测"]),
        ("向山东蓝源风电工程发出公函。", ["山东蓝源风电工程"]),
        ("肯尼亚政府与海蓝信通签署协议，后者为中国企业。", ["海蓝信通"]),
        ("雷达由湖南蓝航环宇承建，老挝付款。", ["湖南蓝航环宇"]),
        ("湖南蓝航环宇提供天线，老挝付款。", ["湖南蓝航环宇"]),
        ("湖南省蓝象服务中心做监理，老挝付款。", ["湖南省蓝象服务中心"]),
        ("云南蓝象研究院做设计，老挝付款。", ["云南蓝象研究院"]),
    ],
)
def test_firms_by_their_part(text: str, firms: list[str]) -> None:
    """Who builds, is told to be Chinese, or has a Chinese seat is a firm without 有限公司 too."""
    assert unlisted(text) == firms


@pytest.mark.parametrize(
    "text",
    [
        "由凭祥市投资建设的园区",
        "由湖南专家提供培训，老挝付款",
        "由湖南省承建的医院，老挝付款",
        "湖南会展中心为老挝举办展会",
        "中国企业走出去，在肯尼亚投资",
        "贷款由亚洲开发银行贷款支付",
        "由斯特拉巴格工程承建的大桥",
        "由肯尼亚水电承建",
        "赞比亚风场与山东企业分道扬镳 八年等待归零",
        "卢旺达与金华院校约定续办电商培训,名额翻倍",
    ],
)
def test_what_is_no_firm(text: str) -> None:
    """Towns, general words, banks, transcribed foreign names and hosts are none."""
    assert unlisted(text) == []


def test_a_unit_of_a_listed_firm_keeps_its_own_name() -> None:
    """What goes on behind a listed name is a unit, general words are not; numbers tell units apart."""
    assert unlisted("中国港湾贵州蓝江公司承建的电站位于赞比亚。") == ["中国港湾贵州蓝江公司"]
    assert unlisted("中国港湾工程公司承建的电站位于赞比亚。") == []
