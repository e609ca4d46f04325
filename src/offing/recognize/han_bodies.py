"""Organisations in Chinese: a country, town or transliterated name before 部, 局, 大学; or a phrase that ends so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offing.model.mention import MentionKind
from offing.recognize.draft import Draft
from offing.recognize.name_grammar import NameGrammar
from offing.recognize.spans import Span

# Characters with which foreign names are written; few ordinary words consist of them alone.
TRANSLITERATING = (
    "阿埃艾安昂奥澳巴芭贝本比彼毕宾波勃博伯布查达丹当道得德登迪蒂丁东杜多顿厄恩尔法凡菲费芬弗伏福富盖甘冈戈哥格古果哈海汉赫黑亨胡华霍基吉加贾捷金卡凯坎康考科克肯"
    "拜班邦鲍采茨翠戴敦范冯葛圭郭豪怀惠季简姜居喀柯孔缅缪摩乃奈嫩欧派蓬珀儒撒瑟莎舒丝宋孙屠脱汪渥卫魏修逊衣宇曾卓祖昆夸斐黛"
    "库拉莱赖兰劳勒雷黎里利莉立林卢鲁伦罗洛吕马玛迈麦曼芒毛梅门蒙米密明莫墨默姆穆拿纳娜南内尼涅宁纽努诺帕潘庞佩彭皮平普奇齐契恰钱乔切钦琼丘热仁日荣茹瑞若萨塞赛桑森沙珊"
    "淡卜毗隆嘎吕谬湄瓜腊邕铎皎槟巽锡狮莎薇缇蓬郎"
    "尚绍舍圣施什史斯松苏索塔泰坦汤唐陶特滕提汀廷通图托陀瓦万旺威韦维温文翁沃乌武西希锡夏香歇谢辛欣兴休许雅亚延扬耶叶伊因英尤于约赞泽扎詹哲珍朱兹佐"
)
_NAME = rf"[{TRANSLITERATING}·\-]{{2,8}}"
_PLAIN = "[^在与和及由向对将为是并已称说签，。、；：！？（）“”《》\\s的了从给以等到同被把让使据该其此\\d]"
_REACH = 12
_BEHIND = "(?!长|门|分(?![年期批])|队|员|下|级|件|面|势|限|落|首|际|局(?!长))"
_BOUNDARY = "(?:^|(?<=[，。、；：！？（）“”\\s与和由向对同给及被为在将把让]))"


class HanBodyReader:
    """Reads organisations by the words that end their names.

    Args:
        tails: these words.
        grammar: of names.
    """

    def __init__(self, tails: Iterable[str], grammar: NameGrammar) -> None:
        vague = frozenset(grammar.words("vague_tails"))
        listed = sorted(tails, key=len, reverse=True)
        ends = "|".join(map(re.escape, listed)) or "(?!)"
        clear = "|".join(re.escape(tail) for tail in listed if tail not in vague) or "(?!)"
        ends_ = rf"(?:{ends})(?<![北南东西中内全各局大外]部){_BEHIND}"
        self._behind_place = re.compile(rf"{_PLAIN}{{0,{_REACH}}}?{ends_}(?:{ends_}|{_PLAIN}{{0,4}}{ends_})?")
        self._behind_name = re.compile(rf"{_NAME}{_PLAIN}{{0,{_REACH - 4}}}?{ends_}")
        self._alone = re.compile(rf"{_BOUNDARY}{_PLAIN}{{2,6}}?(?:{clear})(?<![北南东西中内全各局大外]部){_BEHIND}")

        self._joined_fields = re.compile(_joined_fields(grammar.choice("body_fields")))
        self._partners = tuple(map(re.compile, (_local_firm(grammar), _quoted_partner(grammar))))
        self._no_firm = re.compile(f"^(?:{grammar.choice('no_local_firms')})|[0-9是在为将已被了]")
        self._no_name = re.compile(grammar.choice("no_body_names"))

    def read(self, draft: Draft) -> Iterator[Span]:
        """The spans of organisations, the longer first."""
        text = draft.text
        for place in draft.of(MentionKind.COUNTRY, MentionKind.PLACE):
            if fields := self._joined_fields.match(text, place.end):
                yield place.start, fields.end()
            tail = self._behind_place.match(text, place.end)
            if tail and not self._no_name.search(tail[0]):
                yield place.start, tail.end()
        yield from (found.span() for found in self._joined_fields.finditer(text))
        for partner in self._partners:
            for found in partner.finditer(text):
                group = found.lastgroup or "name"
                if not self._no_firm.search(found[group]):
                    yield found.span(group)
        for pattern in (self._behind_name, self._alone):
            for found in pattern.finditer(text):
                if not self._no_name.search(found[0]):
                    yield found.span()


def _joined_fields(fields: str) -> str:
    """教育、大学教育和体育部: fields of one ministry or office."""
    field = f"(?:{fields})"
    return (
        f"{field}{{1,4}}+(?:、{field}{{1,4}}+){{0,4}}+(?:[和与及暨]{field}{{1,4}}+)?部(?<=[\u4e00-\u9fff、]{{5}})"
        f"(?!门|分(?![年期批])|署|委)|{field}{{1,3}}+[和与及暨]{field}{{1,3}}+(?:总局|管理局|委员会|局|署|厅|院)(?!员|长远)"
    )


def _local_firm(grammar: NameGrammar) -> str:
    """What a text says of a local firm right before its name, and what follows it."""
    leads, firms, acts = map(grammar.choice, ("local_leads", "local_firms", "local_acts"))
    return (
        f"(?:{leads})的?[\u4e00-\u9fff]{{0,4}}?(?:(?:{firms})[“「《]?"
        f"(?P<name>[A-Za-z\u4e00-\u9fff·]{{2,12}}?)(?=[”」》]|{acts}|，|。|、|（)"
        "|(?P<firm>[A-Za-z\u4e00-\u9fff·]{2,10}?(?:公司|集团))(?=[联共组合负承提，。、（挖建与和]))"
    )


def _quoted_partner(grammar: NameGrammar) -> str:
    acts = grammar.choice("partner_acts")
    return f"[与和同及][^，。；]{{0,8}}“(?P<name>[^”“，。]{{2,10}})”(?:公司|集团)?(?={acts})"
