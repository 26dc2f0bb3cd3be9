"""Canned shares of a festival's afternoon by dimension, and what their keys are called."""

from tests.browser.minutes import YUAN, Json


def share(gross: int, multiple: float | None = None) -> Json:
    return {"gross": gross * YUAN, "payments": gross // 180, "multiple": multiple}


def names(**pairs: tuple[str, str]) -> Json:
    return {key: {"en": en, "zh-hans": zh} for key, (en, zh) in pairs.items()}


LABELS = {
    "platform": names(tmall=("Tmall", "天猫"), taobao=("Taobao", "淘宝")),
    "category": names(
        clothing=("Clothing", "服饰"),
        home=("Home & kitchen", "家居家装"),
        phones=("Phones & electronics", "手机数码"),
        beauty=("Beauty & care", "美妆个护"),
        shoes=("Shoes & bags", "鞋靴箱包"),
        food=("Food & fresh", "食品生鲜"),
        baby=("Mother & baby", "母婴"),
        sports=("Sports & outdoor", "运动户外"),
    ),
    "region": names(
        zhejiang=("Zhejiang", "浙江"),
        guangdong=("Guangdong", "广东"),
        jiangsu=("Jiangsu", "江苏"),
        shanghai=("Shanghai", "上海"),
        beijing=("Beijing", "北京"),
        shandong=("Shandong", "山东"),
        sichuan=("Sichuan", "四川"),
        henan=("Henan", "河南"),
    ),
}
BY = {
    "platform": {"tmall": share(8_480_000_000, 5.3), "taobao": share(3_791_000_000, 8.6)},
    "category": {
        "clothing": share(3_820_000_000, 5.4),
        "home": share(2_140_000_000, 7.9),
        "phones": share(1_890_000_000, 5.2),
        "beauty": share(1_260_000_000, 8.8),
        "shoes": share(1_130_000_000, 6.1),
        "food": share(749_000_000, 9.7),
        "baby": share(660_000_000, 6.6),
        "sports": share(360_000_000, 5.9),
    },
    "region": {
        "zhejiang": share(1_510_000_000, 5.8),
        "guangdong": share(1_460_000_000, 6.4),
        "jiangsu": share(1_330_000_000, 6.0),
        "shanghai": share(1_190_000_000, 4.9),
        "beijing": share(847_000_000, 5.1),
        "shandong": share(712_000_000, 6.9),
        "sichuan": share(640_000_000, 7.4),
        "henan": share(540_000_000, 7.9),
    },
    "channel": {"balance": share(6_000_000_000), "card": share(4_000_000_000)},
}
