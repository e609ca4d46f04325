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
    "淡卜毗隆嘎吕谬湄瓜腊邕铎皎槟巽锡狮莎薇缇蓬郎"
    "尚绍舍圣施什史斯松苏索塔泰坦汤唐陶特滕提汀廷通图托陀瓦万旺威韦维温文翁沃乌武西希锡夏香歇谢辛欣兴休许雅亚延扬耶叶伊因英尤于约赞泽扎詹哲珍朱兹佐"
)
_NAME = rf"[{TRANSLITERATING}·\-]{{2,8}}"
_PLAIN = "[^在与和及由向对将为是并已称说签，。、；：！？（）“”《》\\s的了从给以等到同被把让使据该其此\\d]"
_REACH = 12
_BEHIND = "(?!长|门|分(?![年期批])|队|员|下|级|件|面|势|限|落|首|际|局(?!长))"
_VAGUE = frozenset(
    {"政府", "机构", "中心", "公司", "集团", "当局", "银行", "基金", "联盟", "运营商", "航空", "电力", "电信", "部"}
)
_BOUNDARY = "(?:^|(?<=[，。、；：！？（）“”\\s与和由向对同给及被为在将把让]))"
# Fields of ministries, of which one may have several: 教育、大学教育和体育部.
_FIELD = (
    "(?:区域一体化|公共工程|基础设施|公共事业|可持续|信息化|畜牧业|天然气|一体化|国家|公共|社会|大学|高等|中等|初等"
    "|学前|学校|职业|民族|国际|区域|地方|农村|城乡|城市|国土|数字|信息|通信|通讯|技术|科学|科技|研究|创新"
    "|教育|体育|青年|妇女|儿童|家庭|文化|旅游|卫生|健康|医疗|福利|劳动|就业|人力|资源|自然|环境|生态|气候"
    "|森林|林业|农业|畜牧|渔业|水产|海洋|粮食|灌溉|水利|水务|供水|饮水|能源|电力|石油|矿业|矿产|矿山|地质"
    "|工业|制造|商业|商务|贸易|工商|经济|财政|预算|计划|规划|投资|发展|建设|建筑|住房|住建|工程|交通|运输"
    "|道路|公路|铁路|航空|民航|港口|航运|邮政|电信|内政|内务|安全|保障|国防|紧急|应急|情况|司法|宪法|法律|权力"
    "|空间|航天|观测|测绘|遥感|气象|统计|标准|质量|食品|药品|政务|档案|选举|警察|消防|民政|港务|海事|水文|减灾|检疫|身份|登记|户籍|边境"
    "|公务|行政|管理|改革|治理|外交|外贸|海关|税务|新闻|传媒|媒体|人口|移民|宗教|事务|服务|合作)"
)
_JOINED_FIELDS = re.compile(
    f"{_FIELD}{{1,4}}+(?:、{_FIELD}{{1,4}}+){{0,4}}+(?:[和与及暨]{_FIELD}{{1,4}}+)?部(?<=[\u4e00-\u9fff、]{{5}})(?!门|分(?![年期批])|署|委)"
    f"|{_FIELD}{{1,3}}+[和与及暨]{_FIELD}{{1,3}}+(?:总局|管理局|委员会|局|署|厅|院)(?!员|长远)"
)
# What a text says of a local firm right before its name, and what follows it.
_LOCAL_FIRM = re.compile(
    "(?:当地|本地|本土|该国)的?[\u4e00-\u9fff]{0,4}?(?:(?:企业|公司|集团|合作伙伴|伙伴|承包商|运营商|代理商?|分包商)[“「《]?"
    "(?P<name>[A-Za-z\u4e00-\u9fff·]{2,12}?)(?=[”」》]|联合|共同|组成|合资|合作|挖|负责|承担|提供|，|。|、|（)"
    "|(?P<firm>[A-Za-z\u4e00-\u9fff·]{2,10}?(?:公司|集团))(?=[联共组合负承提，。、（挖建与和]))"
)
_QUOTED_PARTNER = re.compile(
    "[与和同及][^，。；]{0,8}“(?P<name>[^”“，。]{2,10})”(?:公司|集团)?(?=组成|联合|合资|共同|成立|签|合作)"
)
_NO_FIRM = re.compile(
    "^(?:公司|企业|政府|居民|时间|媒体|员工|工人|民众|村民|官员|学生|技术|人员|用户|运营|社区|市场|百姓|货币|法律|分|有|的)|[0-9是在为将已被了]"
)
_NO_NAME = re.compile(
    "花落|中标|今起|出资|要求|邀标|建成|启用|投产|开工|落成|交付|加工|举行|中国|我国|上届|本国|要求|公开|批准|授权|宣布|决定|签署|通过|中方|外交|大使|使馆|本|该|这|两|各|多|全|某|一家|其|当地|有关|相关|中资|中企|承包|联合|项目|国际|合同|中铁|中交|华为|中兴|北京|上海|广东|广州|深圳|江苏|浙江|山东|四川|湖南|湖北|河南|河北|陕西|福建|天津|重庆|云南|广西|新疆"
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
            if fields := _JOINED_FIELDS.match(text, place.end):
                yield place.start, fields.end()
            tail = self._behind_place.match(text, place.end)
            if tail and not _NO_NAME.search(tail[0]):
                yield place.start, tail.end()
        yield from (found.span() for found in _JOINED_FIELDS.finditer(text))
        for partner in (_LOCAL_FIRM, _QUOTED_PARTNER):
            for found in partner.finditer(text):
                group = found.lastgroup or "name"
                if not _NO_FIRM.search(found[group]):
                    yield found.span(group)
        for pattern in (self._behind_name, self._alone):
            for found in pattern.finditer(text):
                if not _NO_NAME.search(found[0]):
                    yield found.span()
