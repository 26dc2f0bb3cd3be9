"""Stories to try words and posters on: of each kind an everyday one, and one of extreme values."""

import msgspec

from dashboard.core.figures import Money
from dashboard.core.story import Story

_START = 1_352_563_200_000  # 2012-11-11 00:00 in Shanghai
_DAY_MS = 86_400_000
_YI = 10_000_000_000  # fen in 1亿
_CNY = Money("CNY", 2)
SAMPLE = Story(
    key="sample",
    kind="amount",
    campaign="11.11 Shopping Festival",
    campaign_zh="11.11 购物狂欢节",
    money=_CNY,
    zone="Asia/Shanghai",
    start_ms=_START,
    end_ms=_START + _DAY_MS,
    amount=100 * _YI,
    total=1_000_021_430_600,
    position=1,
    crossed_ms=_START + 49_084_000,
    basis="Tmall and Taobao, paid by Alipay",
    basis_zh="天猫与淘宝，经支付宝付款",
    year="2011",
    year_total=33_60000000_00,
    year_to_now=16_20000000_00,
    year_elapsed_s=None,
    next_amount=150 * _YI,
)
# What is another than in SAMPLE, by kind: an everyday story.
_EVERYDAY: dict[str, dict[str, object]] = {
    "amount": {},
    "reference_total": {
        "amount": 33_60000000_00,
        "total": 33_60001200_00,
        "crossed_ms": _START + 8_349_000,
        "year_to_now": 5_12000000_00,
        "year_elapsed_s": 86_340,
        "next_amount": 50 * _YI,
    },
    "past_total": {
        "amount": 9_36000000_00,
        "total": 9_36000100_00,
        "crossed_ms": _START + 2_221_000,
        "year_to_now": 1_40000000_00,
        "of": "2010",
        "next_amount": 10 * _YI,
    },
    "multiple": {"amount": 6000, "total": 97_20001400_00, "crossed_ms": _START + 48_013_000},
    "payments": {"amount": 50_000_000, "value": 50_000_123},
    "orders": {"amount": 55_000_000, "value": 55_000_007},
    "counter": {
        "amount": 200_000_000,
        "value": 200_000_412,
        "of": "visits",
        "subject": "visits",
        "subject_zh": "访问量",
    },
    "share": {
        "amount": 50 * _YI,
        "value": 5_000_000_900_00 // 100,
        "of": "tmall",
        "subject": "Tmall",
        "subject_zh": "天猫",
    },
    "peak_minute": {
        "amount": 30_000_000_00,
        "value": 32_930_000_00,
        "crossed_ms": _START + 3_540_000,
    },
    "peak_second": {"amount": 3000, "value": 3412, "crossed_ms": _START + 3_567_000},
    "bulletin": {
        "amount": 600,
        "total": 2_50120000_00,
        "crossed_ms": _START + 600_000,
        "year_to_now": 42000000_00,
    },
    "start": {"amount": 0, "total": 0, "crossed_ms": _START, "year_to_now": None},
    "close": {"total": 191_00000000_00, "crossed_ms": _START + _DAY_MS, "year_to_now": None},
    "site": {"amount": 0, "of": "queueing", "crossed_ms": _START + 58_320_000},
}
KINDS = tuple(_EVERYDAY)
# The longest that words and posters have to carry: names, amounts, many days, all facts known.
_LONG: dict[str, object] = {
    "campaign": "Grand International Consumer Goods Shopping Festival of the Year",
    "campaign_zh": "全球消费品购物狂欢节暨年中大促超级盛典主会场",
    "money": Money("CNY", 2),
    "end_ms": _START + 20 * _DAY_MS,
    "crossed_ms": _START + 19 * _DAY_MS + 86_399_000,
    "basis": "all platforms, countries and regions, orders paid within the window, before refunds",
    "basis_zh": "全平台全口径，含海外及其他地区，按付款时间统计，未扣除退款",
    "year_total": 54030_0000000000,
    "year_to_now": 49987_1234567800,
    "year_elapsed_s": 20 * 86_400 - 60,
    "next_amount": 99999_9900000000,
    "rehearsal": True,
    "total": 88888_8812345600,
}
_LONG_AMOUNT: dict[str, int] = {
    "multiple": 12_345,
    "payments": 88_888_888_888,
    "orders": 88_888_888_888,
    "counter": 88_888_888_888,
    "bulletin": 19 * 86_400 + 23 * 3600 + 59 * 60,
    "peak_minute": 888_8888_0000,
    "peak_second": 88_888_888_888,
    "start": 0,
    "site": 0,
}
_LONG_NAMED = frozenset({"share", "counter"})


def sample(kind: str) -> Story:
    """Return an everyday story of a kind of milestone."""
    return msgspec.structs.replace(SAMPLE, kind=kind, key=kind, **_EVERYDAY[kind])


def extreme(kind: str) -> Story:
    """Return a story of that kind with the longest names and the largest figures there are."""
    named = {
        "subject": "International Fresh Food & Wine Import Stores",
        "subject_zh": "国际生鲜食品及进口葡萄酒旗舰店官方直营",
    }
    return msgspec.structs.replace(
        sample(kind),
        **_LONG,
        amount=_LONG_AMOUNT.get(kind, 88888_8800000000),
        value=88_888_888_888 if sample(kind).value else None,
        **(named if kind in _LONG_NAMED else {}),
    )
