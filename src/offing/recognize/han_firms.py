"""Chinese firms without a legal form, by their part in a Chinese sentence: 由江河水利承建, 深圳企业智芯微中标.

Chinese has no blanks: a name begins behind what leads up to a firm (a preposition, "contractor", "Shenzhen company")
and ends before what a firm does or before a particle. A name written in the characters that transcribe foreign
names is none of a Chinese firm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from offing.model.mention import MentionKind
from offing.model.patterns import PatternRole, PatternWord
from offing.recognize.draft import Draft
from offing.recognize.spans import Span, Spans

_TRADES = (
    "科技|技术|智能|智联|智控|智造|电子|信息|信安|能源|新能源|新能|绿能|重能|清能|电气|电器|环保|环境|医疗|医学|医药|生物|基因|软件|网络|互联|通信|通讯|"
    "通服|机械|机电|装备|重工|工程|建设|建筑|建工|建投|城建|路建|路桥|交建|交投|铁建|水电|水利|水务|水建|电建|火电|送变电|光电|光伏|光缆|电缆|海缆|线缆|电力|矿业|矿冶|冶金|钢铁|"
    "铜业|锂业|镍业|铝业|黄金|化工|石化|石油|油服|汽车|客车|重汽|轨道|机车|航天|航空|卫星|遥感|测绘|导航|数据|数科|数码|数媒|云计算|云|教育|药业|制药|"
    "物流|港务|港口|海运|船舶|重机|国际|股份|控股|投资|集团|实业|农业|农垦|种业|食品|渔业|林业|纺织|新材|新材料|水泥|建材|玻璃|轮胎|仪表|仪器|"
    "电表|水表|安防|视觉|视讯|机器人|无人机|传媒|外经|外建|勘测|勘察|设计|咨询|监理|地质|地勘|检测|空间|时空|北斗|雷达|激光|储能|电池"
)
_UNITS = "公司|分公司|集团公司|有限公司|工程公司|股份公司|总公司|设计院|研究院|勘测院|规划院|设计研究院|联合体"
_ACTS = (
    "承建|承包|承揽|承担|承接|承制|承办|总承包|总包|分包|施工|修建|建造|兴建|新建|援建|建设的|建成|搭建|打造|设计|勘察|供货|供应|提供|交付|移交|负责|实施|执行|投资|投建|"
    "运营|经营|管理|中标|中选|得标|夺标|夺得|竞得|摘得|斩获|揽获|签|与|和|同|及|向|为|将|在|已|从|于|对|则|也|又|获|赢得|拿下|宣布|表示|透露|介绍|称|说|"
    "参与|参建|派|捐|赠|研发|研制|开发|制造|生产|出品|完成|启动|出资|收购|担任|联合|牵头|携手|携|安装|铺设|敷设|撤|退出|方面|驻|旗下|的|等|代表|副?董事长|副?总经理|副?总裁|(?:项目|驻地)?经理|发出|寄来|递交|送来|"
    "高管|工程师|技术人员|团队|项目部|是|均|共同|组成|协助|帮助|助力|推出|发运|发往|出口|销售|售|租|接手|接管|续签|履约|进场|开工|复工|停工|垫资|培训|现场"
)
_BUILT = "承建|承包|总承包|施工|供货|承揽|承接|中标|监理|设计|供应"
# Characters that mostly transcribe foreign names; half of them make a name foreign.
_FOREIGN = frozenset(
    "斯尔克拉特姆尼布达卡罗利里维诺莫菲奥伊埃阿迪贝雷巴德勒夫弗洛蒂萨哈穆纳马塔娜米丹乌兹耶什茨施戈格鲁"
)
_NAME = "[^的了与和及由向在将对为是并已而被把给从以让于至到其该这那每各又也还等者，。、；：！？（）()“”‘’《》\\s\\d]"
_LEAD = (
    "由|承建方|承建商|承包商|承建单位|承建企业|总承包商|总包方|分包商|施工方|施工单位|供应商|供货商|设备商|设备方|运营商|投资方|投资商|开发商|设计方|"
    "设计单位|监理方|中标方|中标人|中标企业|中标单位|中标公司|中标商|授予|交由|交给|委托|牵手|转包给|分包给|发包给|判给|授标给"
)
_LINK = "(?:为|是|系|：|:|即|、|分别为)?"
_KIND = "(?:企业|公司|厂商|承包商|供应商|巨头|初创公司|初创企业|央企|国企|民企|上市公司|运营商|制造商|厂家|建筑商)"
# What a sentence goes on with behind "Chinese companies", rather than a name.
_NO_START = (
    "无偿|有偿|分道|分手|散伙|终止|中止|重启|败诉|胜诉|缺席|违约|"
    "[前承继派签家走赴出投参加共正不也名代数可要应能会纷入上开受被遭列进来到抢占扎争积多首所有还仍却因以建组履落持没做拿跟按如此]|"
    f"{_ACTS}"
)
_BUILDERS = "[一二三四五六七八九十]{1,2}[建冶]"  # 南通六建
_ACTS_AS_TRADE = ("投资", "设计", "咨询", "监理", "检测", "建设", "设计院")
_PLACE_END = "市省县区部局厅委州国"
_NOT_NAMES = re.compile(
    r"中国(?:政府|企业|公司|方面|承包商|金融机构)?|中方|外方|双方|各方|我国|中资|当地|本地|本国|该国|该国际|政府|国家|多家|两家|三家|一家|这家|该|同一|上述|其|后者|前者|"
    r"外国|外资|国际|国内|民间|私人|私营|部门|对方|企业|公司|集团|联营体|联合体|承包商|中企|央企|国企|.*(?:项目|计划|工程部|部长|总统|总理|大臣|议会|银行|基金|大学|清单|贷款|资金|协议|标准|市场|产业)|"
    r".*(?:银行|基金|贷款).*"
)
# Verbs of what two sides do, which no name holds: 金华院校约定续办电商培训.
_DEALS = re.compile("约定|商定|议定|敲定|达成|互换|共建|合建|续办|洽谈|谈判|续约|解约|失约")
# What no name holds, but what a firm does.
_DOES = re.compile("做|提供|承建|供货|负责|承担|承揽|拥有|参与|中标|签署|签订|捐赠|援建")
_PEOPLE = re.compile(
    "(?:专家|工程师|工人|团队|医生|教师|学生|民众|居民|代表团?|官员|院校|学校|方面|政府|人民|[省市县厅局委])$"
)
_SHORTEST_CORE, _SHORTEST_NAME = 3, 2
_SURE, _LIKELY = "chinese firm", "agent"


class HanAgentReader:
    """Reads firms by their part in a Chinese sentence."""

    def __init__(self, words: Sequence[PatternWord]) -> None:
        own = [w.text for w in words if w.role is PatternRole.CHINESE_REGION and w.language == "zh"]
        named = [w.text for w in words if w.role is PatternRole.FIRM_TRADE and w.language == "zh"]
        trades = "|".join(sorted({*_TRADES.split("|"), *named}, key=len, reverse=True))
        regions = "|".join(sorted(map(re.escape, own), key=len, reverse=True)) or "(?!)"
        self._regions = re.compile(regions)
        cities = f"(?:{regions})(?:市|省|自治区)?"
        end = f'(?=[”"’》）)，。；、！？：（(\\s]|$|{_ACTS})'
        traded = f"(?!{_ACTS}){_NAME}{{1,10}}?(?:{trades})(?:{_UNITS})?"
        opening = '[“"‘]?'
        # 由X承建, 承建方X表示: with a trade at the end, anywhere; in quotes or with a place, in any form.
        self._agent = re.compile(f"(?:{_LEAD}){_LINK}{opening}(?:中国(?={regions}))?({traded}){end}")
        # 湖南路通建设承建: a place, a name and a trade.
        self._placed = re.compile(
            f"(?:中国(?={regions}))?((?:{regions})(?!{_KIND}|{regions})(?:{_NAME}{{1,8}}?(?:{trades})(?:{_UNITS})?|{_BUILDERS})){end}"
        )
        # 由湖南云岭环宇承建: a place and a name, without a trade.
        self._built = re.compile(f"由((?:{regions})(?!{_KIND}|{regions}|[省市]){_NAME}{{2,6}}?)(?:{_BUILT})")
        # 深圳企业智芯微, 中国初创公司“安视宝”, 总部位于深圳的安视宝
        self._told = re.compile(
            f"(?:(?:中国|中资|{cities})[一-龥]{{0,6}}?{_KIND}|总部(?:位于|设在|在|设于){cities}的|来自(?:中国)?{cities}的)"
            f'(?:[“"‘]({_NAME}{{2,10}}?)[”"’]|(?!{_NO_START})({_NAME}{{3,10}}?){end})'
        )
        # 蓝信科技（北京）, 智芯微（总部深圳）
        self._bracketed = re.compile(
            f'({_NAME}{{2,10}}?)[”"]?[（(](?:总部[^）)]{{0,4}})?(?:中国)?{cities}(?:企业|公司)?[）)]'
        )
        # X…，后者为中国企业; X，一家总部在深圳的公司
        self._explained = re.compile(
            f"(?:由|与|和|同|向|给|[，。“\\n])({traded}|(?!{_ACTS}){_NAME}{{2,8}}?|[A-Za-z][A-Za-z ]{{2,20}}){end}"
            f"(?=[^，。]{{0,12}}?，"
            f"(?:(?:后者|前者|它|该公司|这)(?:是|为|系)|(?:是|为|系)?(?:一家|这家))"
            f"(?:总部[^，。]{{0,4}})?(?:中国|中资|{cities})[^，。]{{0,8}}?{_KIND})"
        )

        # 在迪拜注册的子公司“智行中东”
        self._unit = re.compile(f'(?:子公司|分公司|合资公司|项目公司)(?:为|是|即|——)?[“"‘]({_NAME}{{2,12}}?)[”"’]')

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of firms with the rule that found them."""
        text = draft.text
        foreign = Spans((m.start, m.end) for m in draft.of(MentionKind.COUNTRY, MentionKind.PLACE) if m.key != "CHN")
        patterns = (
            (self._agent, _LIKELY),
            (self._placed, "region"),
            (self._built, _LIKELY),
            (self._told, _SURE),
            (self._bracketed, _SURE),
            (self._explained, _SURE),
            *(((self._unit, _LIKELY),) if self._regions.search(text) or draft.of(MentionKind.FIRM) else ()),
        )
        for pattern, rule in patterns:
            for match in pattern.finditer(text):
                start, end = match.span(match.lastindex or 1)
                end = _before_act(text, start, end)
                if not foreign.overlap(start, end) and _may_be_name(text[start:end]):
                    yield (start, end), rule


def _before_act(text: str, start: int, end: int) -> int:
    """Where a name ends that has run into what its firm does: 湖南云岭环宇|提供天线."""
    act = _DOES.search(text, start, end)
    return act.start() if act else end


def _may_be_name(name: str) -> bool:
    """Whether it is neither a general word nor a transcribed foreign name."""
    if len(name) < _SHORTEST_NAME or _NOT_NAMES.fullmatch(name) or _DEALS.search(name) or _PEOPLE.search(name):
        return False
    act = next((trade for trade in _ACTS_AS_TRADE if name.endswith(trade)), "")
    if act and (len(name) - len(act) < _SHORTEST_CORE or name[-len(act) - 1] in _PLACE_END):
        return False  # 由凭祥市投资: no name, but who invests
    return 2 * sum(char in _FOREIGN for char in name) < len(name)
