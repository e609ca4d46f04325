"""Chinese firms that no list has, in Chinese text: 湖南…有限公司, 中国…集团, 中铁十八局."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offing.model.mention import MentionKind
from offing.model.patterns import PatternRole, PatternWord
from offing.recognize.draft import Draft
from offing.recognize.spans import Span, Spans

# What never stands inside a name of a firm: particles, verbs and nouns that lead up to it.
_STOP = "的和与及由向在了对将为是并已称说签把被给从以让于至到其该这那每各又也还等者做跟，。、；：！？（）“”‘’《》\\s\\d"
_LEADS = re.compile(
    "承包商|承建商|承建方|承建|承担|建设方|施工方|投资方|运营商|供应商|合作伙伴|企业|公司|厂商|集团(?=.{4})|代表|董事长|总经理|项目|方"
)
_BUREAU = re.compile(
    r"中[国铁交建水电][一-龥]{0,6}?第?[一二三四五六七八九十\d]{1,3}(?:工程)?局(?:集团)?(?:有限公司|公司)?"
)
_LEGAL = re.compile("(?:股份有限公司|股份公司|有限责任公司|有限公司|集团公司|总公司)")
_INSTITUTION = re.compile(
    "大学附属[一-龥]{2,6}?医院|大学第[一二三四五]医院|大学|学院|医院|科学院|研究院|设计院|研究所|天文台|研究中心|疾控中心|地质大队|地质队"
)
_CALLING = re.compile("教授|研究员|学者|博士|硕士|分析师|讲师|副所长|所长|院长|毕业|留学")
_CALLING_REACH = 6
_JOINT = re.compile("友谊|孔子|鲁班|联合")  # what China runs together with the host
_CHINESE_LEAD = re.compile(
    "(?:中国|中资|国内|初创|科技|民营|国有)(?:[一-龥]{0,4})(?:企业|公司|厂商|承包商|供应商|巨头)"
)
_TRADE_NAME = re.compile(
    "[一-龥]{2,8}(?:科技|技术|智能|电子|信息|集团|能源|电气|环保|医疗|生物|软件|网络|通信|通讯|机械|重工|工程|建设|建工|水电|光电|"
    "电力|矿业|汽车|航天|数据|云|教育|药业|物流|国际|股份|控股|路桥|新材)"
)
_NO_BODIES = re.compile("(?:会议|会展|展览|购物|体育|文化|活动|金融|商务|贸易|市|城市)中心")
_ACTS = "做|承担|负责|提供|派|捐|为|向|与|和|将|监理|承建|设计|培训|援"
_SCHOOL = re.compile("[一-龥]{0,4}(?:学院|大学|医院)")  # what a listed firm has beside its works
_COUNTED = re.compile("[一这該该某两几多哪同另][家间個个]|本地|当地")  # 大连一家公司: a firm, not its name
_LONGEST = 30
_SHORTEST = 4
_SHORTEST_CORE = 2


class ChineseFirmReader:
    """Reads unlisted firms in Chinese texts."""

    def __init__(self, words: Iterable[PatternWord]) -> None:
        own = [word for word in words if word.language in ("zh", "*")]
        suffixes = [w.text for w in own if w.role is PatternRole.FIRM_SUFFIX and w.language == "zh"]
        regions = [w.text for w in own if w.role is PatternRole.CHINESE_REGION and w.language == "zh"]
        self._suffix = re.compile("|".join(sorted(map(re.escape, suffixes), key=len, reverse=True)) or r"(?!)")
        self._regions = re.compile("|".join(sorted(map(re.escape, regions), key=len, reverse=True)) or r"(?!)")
        centres = "|".join(w.text for w in own if w.role is PatternRole.PLACED_INSTITUTION) or r"(?!)"
        self._placed = re.compile(
            f"(?:{self._regions.pattern})[省市]?的([^{_STOP}]{{2,14}}?(?:{_INSTITUTION.pattern}|{centres}))(?!{centres})"
            f"|((?:{self._regions.pattern})[省市]?[^{_STOP}]{{2,12}}?(?:{centres}))(?={_ACTS})"
        )
        self._run = re.compile(f"[^{_STOP}]{{{_SHORTEST},{_LONGEST}}}")

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of firms with the rule that found them."""
        foreign = Spans((m.start, m.end) for m in draft.of(MentionKind.COUNTRY, MentionKind.PLACE) if m.key != "CHN")
        for match in _BUREAU.finditer(draft.text):
            yield match.span(), "bureau"
        yield from self._in_place(draft.text, foreign)
        yield from _schools_of_firms(draft)
        for run in self._run.finditer(draft.text):
            yield from self._in_run(draft.text, run, foreign)
            yield from self._institution(draft.text, run, foreign)
            yield from self._led_up_to(draft.text, run, foreign)

    def _led_up_to(self, text: str, run: re.Match[str], foreign: Spans) -> Iterator[tuple[Span, str]]:
        """中国企业海能信通科技: what leads up to a firm, and a name with its trade at the end of the stretch."""
        lead = _CHINESE_LEAD.search(text, *run.span())
        name = _TRADE_NAME.fullmatch(text, lead.end(), run.end()) if lead else None
        if name and not foreign.overlap(*name.span()):
            yield name.span(), "chinese firm"

    def _institution(self, text: str, run: re.Match[str], foreign: Spans) -> Iterator[tuple[Span, str]]:
        """A Chinese university, hospital or academy, unless a person who works there is meant."""
        region = self._regions.search(text, *run.span())
        ends = list(_INSTITUTION.finditer(text, *run.span())) if region else []
        if not region or not ends or ends[-1].start() < region.end():
            return
        span = (region.start(), ends[-1].end())
        calling = _CALLING.search(text, span[1], span[1] + _CALLING_REACH)
        if not calling and not foreign.overlap(*span) and not _JOINT.search(text, *span):
            yield span, "institution"

    def _in_place(self, text: str, foreign: Spans) -> Iterator[tuple[Span, str]]:
        """What a text places in China, and a centre that does something: 位于成都的山地灾害研究所, 湖南省…中心承担."""
        for match in self._placed.finditer(text):
            span = match.span(match.lastindex or 0)
            other = _COUNTED.match(text, *span) or _NO_BODIES.search(text, *span) or _JOINT.search(text, *span)
            calling = _CALLING.search(text, span[1], span[1] + _CALLING_REACH)
            if not other and not calling and not foreign.overlap(*span):
                yield span, "institution"

    def _in_run(self, text: str, run: re.Match[str], foreign: Spans) -> Iterator[tuple[Span, str]]:
        """The firm in a stretch of text without particles, which ends with the last suffix in it."""
        suffixes = list(self._suffix.finditer(text, *run.span()))
        if not suffixes:
            return
        start, rule = self._start(text, run.start(), suffixes[-1])
        span = (start, suffixes[-1].end())
        if rule and not foreign.overlap(*span):
            yield span, rule

    def _start(self, text: str, first: int, ending: re.Match[str]) -> tuple[int, str]:
        """Where the name starts: at a Chinese region; else, before a legal form, behind what leads up to it.

        No rule where what stands before the ending names nobody (中国集团).
        """
        suffix = ending.start()
        region = self._regions.search(text, first, suffix)
        if region:
            inner = self._regions.match(text, region.end()) if region[0] == "中国" else None
            start = inner or region
            is_named = suffix - start.end() >= _SHORTEST_CORE and not _COUNTED.match(text, start.end(), suffix)
            return start.start(), "region" if is_named else ""
        leads = [lead.end() for lead in _LEADS.finditer(text, first, suffix)]
        named = leads[-1] if leads else first
        is_name = suffix - named >= _SHORTEST_CORE and _LEGAL.fullmatch(ending[0]) is not None
        return named, "legal form" if is_name else ""


def _schools_of_firms(draft: Draft) -> Iterator[tuple[Span, str]]:
    """Schools and hospitals of listed firms: 国网技术学院."""
    for firm in draft.of(MentionKind.FIRM):
        school = _SCHOOL.match(draft.text, firm.end)
        if school and firm.key and not _CALLING.match(draft.text, school.end()):
            yield (firm.start, school.end()), "institution"
