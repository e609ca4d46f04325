"""Organisations in Chinese: a country, town or transliterated name before 部, 局, 大学; or a phrase that ends so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offing.model.mention import MentionKind
from offing.recognize.draft import Draft
from offing.recognize.spans import Span

# Characters with which foreign names are written; few ordinary words consist of them alone.
TRANSLITERATING = (
    "阿埃艾安昂奥澳巴芭贝本比彼毕宾波勃博伯布查达丹当道得德登迪蒂丁东杜多顿厄恩尔法凡菲费芬弗伏福富盖甘冈戈哥格古果哈海汉赫黑亨胡华霍基吉加贾捷金卡凯坎康考科克肯"
    "拜班邦鲍采茨翠戴敦范冯葛圭郭豪怀惠季简姜居喀柯孔缅缪摩乃奈嫩欧派蓬珀儒撒瑟莎舒丝宋孙屠脱汪渥卫魏修逊衣宇曾卓祖昆夸斐黛"
    "库拉莱赖兰劳勒雷黎里利莉立林卢鲁伦罗洛吕马玛迈麦曼芒毛梅门蒙米密明莫墨默姆穆拿纳娜南内尼涅宁纽努诺帕潘庞佩彭皮平普奇齐契恰钱乔切钦琼丘热仁日荣茹瑞若萨塞赛桑森沙珊"
    "尚绍舍圣施什史斯松苏索塔泰坦汤唐陶特滕提汀廷通图托陀瓦万旺威韦维温文翁沃乌武西希锡夏香歇谢辛欣兴休许雅亚延扬耶叶伊因英尤于约赞泽扎詹哲珍朱兹佐"
)
_NAME = rf"[{TRANSLITERATING}·\-]{{2,8}}"
_PLAIN = "[^在与和及由向对将为是并已称说签，。、；：！？（）“”《》\\s的了从给以等到同被把让使据该其此\\d]"
_REACH = 12
_BEHIND = "(?!长|门|分|队|员|下|级|件|面|势|限|落|首|际|局)"
_VAGUE = frozenset(
    {"政府", "机构", "中心", "公司", "集团", "当局", "银行", "基金", "联盟", "运营商", "航空", "电力", "电信", "部"}
)
_BOUNDARY = "(?:^|(?<=[，。、；：！？（）“”\\s与和由向对同给及被为在将把让]))"
_NO_NAME = re.compile(
    "建成|启用|投产|开工|落成|交付|加工|举行|中国|我国|上届|本国|要求|公开|批准|授权|宣布|决定|签署|通过|中方|外交|大使|使馆|本|该|这|两|各|多|全|某|一家|其|当地|有关|相关|中资|中企|承包|联合|项目|国际|合同|中铁|中交|华为|中兴|北京|上海|广东|广州|深圳|江苏|浙江|山东|四川|湖南|湖北|河南|河北|陕西|福建|天津|重庆|云南|广西|新疆"
)


class HanBodyReader:
    """Reads organisations by the words that end their names."""

    def __init__(self, tails: Iterable[str]) -> None:
        listed = sorted(tails, key=len, reverse=True)
        ends = "|".join(map(re.escape, listed)) or "(?!)"
        clear = "|".join(re.escape(tail) for tail in listed if tail not in _VAGUE) or "(?!)"
        ends_ = rf"(?:{ends})(?<![北南东西中内全各局大外]部){_BEHIND}"
        self._behind_place = re.compile(rf"{_PLAIN}{{0,{_REACH}}}?{ends_}(?:{ends_}|{_PLAIN}{{0,4}}{ends_})?")
        self._behind_name = re.compile(rf"{_NAME}{_PLAIN}{{0,{_REACH - 4}}}?{ends_}")
        self._alone = re.compile(rf"{_BOUNDARY}{_PLAIN}{{2,6}}?(?:{clear})(?<![北南东西中内全各局大外]部){_BEHIND}")

    def read(self, draft: Draft) -> Iterator[Span]:
        """The spans of organisations, the longer first."""
        text = draft.text
        for place in draft.of(MentionKind.COUNTRY, MentionKind.PLACE):
            tail = self._behind_place.match(text, place.end)
            if tail and not _NO_NAME.search(tail[0]):
                yield place.start, tail.end()
        for pattern in (self._behind_name, self._alone):
            for found in pattern.finditer(text):
                if not _NO_NAME.search(found[0]):
                    yield found.span()
