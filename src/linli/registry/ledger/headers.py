"""What a header cell means: exact words first, then patterns, in this order."""

from __future__ import annotations

import re
from functools import lru_cache

from linli.registry.ledger.care import care_needs_in
from linli.registry.ledger.relatives import names_a_relative
from linli.registry.ledger.text import clean, simplified

# Field to its usual headers, normalised (no spaces, no parentheses, simplified characters, lower case).
EXACT: dict[str, str] = {
    "sequence": "序号 编号 序 no no. 号 项次 行号 seq 次序 顺序号 # 流水号 序列",
    "compound": "小区 小区名称 小区名 所属小区 居住小区 所在小区 院落 院落名称 楼盘 楼盘名称 苑 花园 住宅小区 小区院落 小区/院落 小区或院落"
    " compound estate complex residentialcompound neighborhood neighbourhood 村 村名 自然村 村庄 湾 片区 屋苑 物业小区 居住区 住宅区 苑区",
    "building": "楼栋 栋 幢 座 楼 楼号 楼栋号 栋号 幢号 座号 楼幢 楼宇 楼座 号楼 楼栋名称 楼宇名称 几栋 几号楼 栋数 栋楼 栋座 栋/幢 幢/栋 楼栋幢 楼房号 楼幢号"
    " building bldg block tower buildingno buildingno. 楼栋编号 楼栋楼号 组 小组 村民小组 居民小组 组别 村组 村民组 居民组 所属村组 所属小组 组名",
    "unit": "单元 单元号 门洞 门栋 梯 梯号 单元门 门洞号 单元名称 几单元 unit entrance unitno unitno. stair stairwell",
    "floor": "楼层 层 所在层 层数 所在楼层 floor storey",
    "room": "室 室号 房号 房间 房间号 房屋号 户室 户室号 房室号 房室 房 门户号 号室 房间号码 房号室号 房屋编号 房屋 几室 住房号 房门号"
    " room apt apartment flat roomno roomno. door doorno door number",
    "building_unit": "楼栋单元 楼栋/单元 栋单元 楼号单元 楼栋-单元 楼栋单元号 楼栋及单元 栋-单元 栋/单元 buildingunit",
    "unit_room": "单元房号 单元室 单元/房号 单元-室 单元房间号 单元室号 单元及房号 单元门牌号 单元/室 unitroom",
    "address": "住址 地址 详细住址 详细地址 家庭住址 家庭地址 现住址 现居住地址 居住地址 居住地 现居住地 常住地址 房屋地址 房屋坐落 坐落 住房地址 房址 楼栋房号 楼号房号"
    " 楼栋单元房号 楼栋单元室 栋单元室 楼栋室号 门牌号码 房号地址 居住详址 详址 实际居住地址 现居地址 现居住详细地址 所住房屋 住所 居所 address homeaddress location 栋单元号 栋室",
    "door": "门牌号 门牌 门号 户牌号",
    "name": "姓名 名字 成员姓名 家庭成员姓名 家庭成员 成员 居民姓名 人员姓名 住户姓名 居住人姓名 居住人 现居住人 现住人 现居住人姓名 实际居住人员 使用人 实际使用人 入住人 入住人姓名 住户 居住人员 居民 人员 姓名全称 常住人员姓名 被登记人 登记人姓名 实际居住人 name fullname"
    " resident residentname membername 家属 家人 同住人 同住人员 同住人姓名 共同居住人 家庭人员 承租人 承租人姓名 承租户 承租户姓名 承租方 租赁人 租赁户 租住户 租户姓名 租客姓名 租住人 租住人姓名",
    "head_name": "户主姓名 户主 户主名 户主名称 户主名字 headofhousehold headname householder head",
    "head_phone": "户主电话 户主联系电话 户主手机 户主手机号 户主手机号码 户主联系方式 户主电话号码 headphone",
    "head_id": "户主身份证 户主身份证号 户主身份证号码 户主公民身份号码 户主公民身份证号码 户主证件号码 户主证件号 headid",
    "contact_name": "联系人 联系人姓名 contact contactname contactperson",
    "relation": "关系 与户主关系 与户主的关系 和户主关系 家庭关系 成员关系 称谓 户主关系 与房主关系 与业主关系 与承租人关系 relation relationship relationtohead 与本人关系 身份关系 家庭成员关系",
    "sex": "性别 性 男女 男/女 sex gender m/f",
    "birth": "出生日期 出生年月 出生年月日 生日 出生 出生时间 birth birthday dateofbirth dob birthdate",
    "age": "年龄 年纪 岁数 age 周岁",
    "id_number": "身份证号 身份证号码 身份证 公民身份号码 公民身份证号码 公民身份证号 居民身份证 居民身份证号 居民身份证号码 证件号 证件号码 身份号码 证号 证件编号 有效证件号码 身份证件号码 证照号 证照号码 身份证明号码 身分证 身分证号 身分证字号 身份证/护照号"
    " id idno idno. idnumber idcard idcardno idcardnumber nationalid 身份证/护照 identitynumber identitycard citizenid documentnumber",
    "id_kind": "证件类型 证件种类 证件类别 证件名称 证件 idtype documenttype typeofid",
    "phone": "电话 手机 手机号 手机号码 联系电话 联系方式 电话号码 联系手机 联系号码 移动电话 固定电话 座机 固话 家庭电话 联系电话1 联系电话2 本人电话 备用电话 住宅电话 常用电话"
    " 联络电话 联络方式 手提电话 行动电话 phone mobile tel telephone cell phoneno phonenumber mobileno mobilephone contactnumber phoneno. tel. contactno",
    "category": "人员类别 类别 类型 居住类型 人员类型 居民类型 人口类别 人口类型 住户类型 居住性质 居住状态 居住情况 居住状况 居住类别 人员性质 人员属性 人口性质 身份类别 常住/流动 人户状态 人户情况"
    " 人户类型 居民类别 居民性质 住户类别 住户性质 性质 属性 人口属性 管理类别 居住属性 人户关系 人房关系 人户对应 在家/外出 在家外出 在家或外出 在家情况 category type residency residencytype status residenttype 在住情况 在住状态",
    "occupancy": "房屋状态 房屋性质 房屋用途 住房性质 房屋类型 使用情况 入住情况 住房来源 房屋来源 房屋使用情况 住房情况 房屋情况 房屋现状 入住状态 是否空置 空置情况 住房类型 房屋使用性质 居住用途 occupancy",
    "hukou_division": "户籍 户籍地 户籍所在地 户口所在地 户口地 户口 籍贯 户籍地址 户籍住址 户口地址 户籍地代码 户籍行政区划 户籍区划 户籍所在地代码 户籍详细地址 户口所在地址 户籍地区 hukou"
    " registeredresidence householdregistration hukouplace registrationplace domicile 原籍 户籍所在",
    "household_number": "户编号 户口簿号 户口本号 家庭编号 户籍号 户口号 家庭号 户口编号 住户编号 户序号 住户序号 家庭序号 户次 householdno householdnumber householdid familyid",
    "household_or_room": "户号 户",
    "hukou_kind": "户籍类型 户口性质 户口类型 户籍性质 户籍类别 户口类别 户别 户籍状态 户籍情况 户口情况 户籍状况 户口状况 户口状态 户籍与居住情况 户籍居住情况 户籍/流动 户籍或流动 户籍流动 户籍人口/流动人口 户籍人口或流动人口 户籍/非户籍 户口/流动",
    "landlord": "房东姓名及电话 房东信息 房东姓名电话 房东及电话 房东姓名及联系方式 房东姓名/电话 出租人信息 业主姓名及电话 房东及联系方式 房东联系人及电话",
    "landlord_name": "房东 房东姓名 出租人 出租人姓名 业主 业主姓名 产权人 产权人姓名 房主 房主姓名 屋主 房屋所有人 所有权人 出租方 房产所有人 产权所有人 landlord landlordname owner ownername 出租房东"
    " 房屋业主 房屋产权人",
    "landlord_phone": "房东电话 房东手机 房东联系电话 房东联系方式 出租人电话 业主电话 产权人电话 房主电话 房东手机号 landlordphone ownerphone landlordtel landlordmobile",
    "people_count": "人数 家庭人数 户内人数 人口数 家庭人口数 居住人数 常住人数 现住人数 实住人数 实际居住人数 入住人数 住户人数 householdsize",
    "remarks": "备注 备注说明 说明 特殊情况 特殊情况说明 备考 附注 其他 其它 其他情况 情况说明 备注信息 特殊人群 重点人群 特殊人群类别 重点人群类别 人群类别 特殊群体 健康状况 身体状况 健康情况 特殊需求"
    " 困难情况 服务需求 关爱对象 备注1 备注2 remark remarks note notes comment comments careneeds specialneeds health 人员标签 标签 特殊类型 去向 外出去向 外出地 外出地点 外出地址 外出详细地址 外出住址 外出居住地 现外出地址 在外地址 在外住址 务工地 务工地点 务工地址 打工地 外出务工地 外出务工地点 外出务工地址 流出地址 外出原因 流向 流出地 现去向 重点关注 关注类型",
    "other": "民族 政治面貌 文化程度 学历 职业 职务 职位 岗位 工作单位 单位 婚姻状况 社区 所属社区 村居 街道 网格 所属网格 网格号 网格名称 网格员 网格员姓名 网格员电话 楼长 楼栋长 楼长电话 车牌 车牌号 车位 面积 建筑面积"
    " 入住时间 搬入时间 登记日期 填表日期 填报人 登记人 核酸 疫苗 接种情况 国籍 血型 邮编 微信 微信号 曾用名 宗教信仰 党员 是否党员 服务处所"
    " community grid ethnicity occupation employer education age_group 更新时间 采集时间 签名 签字 邮箱 email 邻里编号",
}
_FIELD_OF = {header: field for field, headers in EXACT.items() for header in headers.split()}

_LANDLORD = re.compile(
    r"房东|出租人|出租方|出租户(?:主|姓名|名$|.*(?:电话|手机|联系|身份证|证件))|业主|产权人|产权单位|产权方|权属人|房主|屋主|所有权人|所有人|landlord|owner"
)
_LIVING = r"住户|居民|租户|租客|租住人|承租人|承租户|使用人|居住人|(?:现|现居|实际居|入)住人|实际使用人"
_OWNER_OR_TENANT = re.compile(
    rf"^(?:业主|房主|产权人)(?:或|及|和|与|、|/|\()?(?P<other>(?:家庭)?成员|家属|{_LIVING})(?P<what>.*)$"
    rf"|^房东(?:或|及|和|与|、|/)(?P<rents>{_LIVING})(?P<his>.*)$"
    rf"|^(?P<first>{_LIVING})(?:或|及|和|与|、|/)?(?:业主|房主|产权人|房东)(?P<of>.*)$"
)
_PHONE = re.compile(r"电话|手机|联系方式|联系号码|联络|移动|座机|phone|mobile|tel(?!l)|contactn")
_IDENTITY = re.compile(r"身[份分]证|证件号|证号|公民身份|身份号|护照|idno|idcard|idnumber")
_OTHER_PEOPLE = re.compile(
    r"紧急|监护|家属(?:姓名|电话|手机|联系)|网格|楼长|栋长|包保|责任|负责|代办|填表|审核|采集|车|健康码|行程码|场所码|宠物|党支部|医生|志愿者|物业|工作|学校|单位(?:名|地址|.*(?:电话|联系))|房产证|产权证|不动产|办公|疫苗|核酸|接种"
)
_CARE = re.compile(
    r"^人户一致$|^(?:常住|流动|外来|暂住|流出|流入)(?:人口|人员)?$|^(?:租住|租户|租房|租赁|承租|空挂户?|挂户|人户分离|[人户]在[人户]不在|外出|外出务工|外出人员)$"
    r"|是否.*(?:在家|居住|在住|人户一致|租|流动|外出|空挂|在外|外地|常住|分离|不在|流出)|残疾|残障|精神|[重大]病|孤寡|留守|困境"
)

_UNDER_ITS_GROUP = re.compile(r"^(?P<group>.{0,6}(?:地址|住址|信息|情况|资料))[-/—.·>]{0,2}(?P<own>.{1,8})$")
_NAME_AND_PHONE = re.compile(
    r"^(.*(?:姓名|户主|住户|居民|成员|承租人|租户))(?:[及和与、/,]|以及)(?:联系|手机)?(?:电话|手机|方式|号码)+$"
)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("sequence", re.compile(r"序号$")),
    ("id_kind", re.compile(r"证件(?:类|种)|idtype")),
    ("head_id", re.compile(rf"户主.*(?:{_IDENTITY.pattern})")),
    ("id_number", _IDENTITY),
    ("household_number", re.compile(r"户口[簿本]|家庭编号|户编号")),
    ("head_phone", re.compile(rf"户主.*(?:{_PHONE.pattern})")),
    ("phone", _PHONE),
    ("relation", re.compile(r"关系|称谓|relation")),
    ("sex", re.compile(r"性别|gender")),
    ("birth", re.compile(r"出生|生日|birth")),
    ("hukou_division", re.compile(r"户籍|户口|籍贯|hukou")),
    (
        "category",
        re.compile(r"(?:人员|居民|人口|居住|住户|人户).*(?:类|性质|状|情况|属性)|是否.*(?:租|流动|常住|外出|在住)"),
    ),
    ("occupancy", re.compile(r"(?:房屋|住房).*(?:状|性质|类|用途|情况)|空置")),
    (
        "remarks",
        re.compile(
            r"^外出(?:务工)?人员(?:现|目前).*(?:地址|住址|地$)|^(?!.*(?:人员|人口|(?:外出|务工|打工|流出)之?前)).*(?:外出|务工|打工|在外|外地|外省|异地|流出|返[乡回]之?前).*(?:地址|住址|地点|地$)"
        ),
    ),
    ("address", re.compile(r"(?:栋|楼|幢).*(?:单元).*(?:室|房|户|号)|地址|住址|住所|住处|居住地|住地$|坐落|address")),
    ("unit_room", re.compile(r"单元.*(?:室|房|户)")),
    ("building_unit", re.compile(r"(?:栋|楼|幢).*单元")),
    (
        "compound",
        re.compile(r"(?:所属|所在|居住|现住|住宅|物业).*(?:小区|院落|楼盘)|(?:小区|院落|楼盘|村).*名|compound|estate"),
    ),
    ("head_name", re.compile(r"户主.*(?:姓名|名)")),
    (
        "name",
        re.compile(
            r"姓名|名字|(?:^|full|real|first|last|given|chinese|english|person|people|member|resident|tenant|occupant|user)name"
        ),
    ),
    ("unit", re.compile(r"单元")),
    ("building", re.compile(r"楼宇|楼号|栋|幢|building|bldg")),
    ("floor", re.compile(r"楼层")),
    ("room", re.compile(r"房号|室号|房间|门牌|room")),
    ("remarks", re.compile(r"备注|说明|特殊|情况|重点|关注|健康|remark|note")),
    ("other", re.compile(r"日期|时间|date$|time$")),
)
_WHO_IN_PARENTHESES = re.compile(
    rf"^(户主)[(（](房东|出租人)[)）]|^(业主|房主|产权人)[(（](?:或|及|和|与|、|/)?({_LIVING})[)）]"
    rf"|^(房东)[(（](?:或|及|和|与|、|/)?({_LIVING})[)）]"
)
_PARENTHESES = re.compile(r"[(\[【<][^)\]】>]*[)\]】>]")
_LEGEND = re.compile(r"[\s:,]*(?:[A-F\d]\s*[.、=:—–-]?\s*[\u3400-\u9fff]{1,10}[\s,;、/]*){2,}$", re.IGNORECASE)
_NOISE = re.compile(r"[\s:：*＊★●,，。;；'\"“”‘’_?]+")
_LONGEST = 24


def _without_parentheses(match: re.Match[str]) -> str:
    first, second = (group for group in match.groups() if group)
    return f"{first}/{second}" if first == "房东" else first + second


@lru_cache(maxsize=65536)
def normal_header(text: str) -> str:
    """Return a header without spaces, notes in parentheses, marks, traditional characters and capitals."""
    line = _WHO_IN_PARENTHESES.sub(_without_parentheses, simplified(clean(text)).lower())
    bare = _LEGEND.sub("", _PARENTHESES.sub("", line))
    bare = bare if _NOISE.sub("", bare) else re.sub(r"[()\[\]【】<>]", "", line)
    return _NOISE.sub("", re.sub(r"^\d{1,2}[.、)]", "", bare.strip()))


@lru_cache(maxsize=16384)
def field_of(header: str) -> str | None:
    """Return the field that one normalised header names, or None."""
    if not header or len(header) > _LONGEST:
        return None
    exact = _FIELD_OF.get(header) or _FIELD_OF.get(header.rstrip("0123456789"))
    if exact:
        return exact
    under = _UNDER_ITS_GROUP.match(header)
    if under and under["own"] in _FIELD_OF:
        return field_in_group(under["own"], under["group"])
    either = _OWNER_OR_TENANT.match(header)
    if either:
        what = (either["what"] or either["his"] or either["of"] or "").strip("()")
        return "name" if what in ("", "姓名", "名字", "名称") else field_of(what)
    if _LANDLORD.search(header) and "关系" not in header and not header.startswith("是否"):
        return _landlord_field(header)
    if _OTHER_PEOPLE.search(header):
        return "other"
    if names_a_relative(header):
        return "name"
    with_phone = _NAME_AND_PHONE.match(header)
    if with_phone:
        return _FIELD_OF.get(with_phone[1])
    if _CARE.search(header) or care_needs_in(header):
        return "care_flag"
    return next((field for field, pattern in PATTERNS if pattern.search(header)), None)


def _landlord_field(header: str) -> str:
    if _PHONE.search(header):
        return "landlord" if "姓名" in header or "及" in header else "landlord_phone"
    if _IDENTITY.search(header) or re.search(r"地址|住址|性别|(?<!产权)单位", header):
        return "landlord_id" if _IDENTITY.search(header) else "other"
    return "landlord_name"


def is_usual(header: str) -> bool:
    """Tell whether a normalised header is word for word among the usual ones."""
    return header in _FIELD_OF


_HEAD_GROUP = re.compile(r"^户主(?:基本)?(?:信息|情况|资料)?$")
_OF_A_HEAD = {"name": "head_name", "id_number": "head_id", "phone": "head_phone"}
_DOCUMENT_GROUP = re.compile(r"(?:有效|身份)?证件(?:信息|情况)?$")
_CONTACT_GROUP = re.compile(r"(?:联系方式|联系电话|电话|电话号码|联络方式)$")
_HUKOU_GROUP = re.compile(r"(?:户籍|户口)(?:所在)?(?:地址?|信息|情况)?$")
_KIND_OF = re.compile(r"^(?:类型|种类|类别|名称)$")
_NUMBER_OF = re.compile(r"^(?:号码|号|编号)$")
_PLACES = frozenset(("address", "compound", "building", "room", "door"))
_GENERIC = frozenset(("name", "phone", "contact_name", "id_number", "sex", "address", "head_name"))


@lru_cache(maxsize=16384)
def field_in_group(header: str, group: str) -> str | None:
    """Return the field of a header that stands under a group header: 姓名 under 房东信息 is the landlord's."""
    field = field_of(header)
    if group and (field in _GENERIC or field is None):
        if _LANDLORD.search(group):
            return _landlord_field("房东" + header) if field else None
        if _OTHER_PEOPLE.search(group):
            return "other"
    if group:
        told = _in_kind_of_group(header, normal_header(group), field)
        if told:
            return told
    if group and _HEAD_GROUP.match(normal_header(group)):
        return _OF_A_HEAD.get(field or "", field)
    return field


def _in_kind_of_group(header: str, group: str, field: str | None) -> str | None:
    """Return what a word means under 证件, 联系方式 or 户籍, where it means less by itself: 号码, 类型, 本人, 地址."""
    if _DOCUMENT_GROUP.search(group):
        return "id_kind" if _KIND_OF.match(header) else "id_number" if _NUMBER_OF.match(header) else None
    if _CONTACT_GROUP.search(group) and (field is None or _NUMBER_OF.match(header)):
        return "phone"
    return "hukou_division" if _HUKOU_GROUP.search(group) and field in _PLACES else None


def group_is_landlords(group: str) -> bool:
    """Tell whether a group header stands over what is the landlord's."""
    return _LANDLORD.search(group) is not None
