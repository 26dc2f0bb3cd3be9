"""The words of each kind of milestone where its rule has none: templates, English and Chinese.

All in the past tense, with the time: true whenever they are read. What is told late has its time
in front (wording.py), so it is left out here.
"""

_AT = "{% if not late %} at {{ when }}{% endif %}"
_AFTER = (
    "{% if elapsed %}, {{ elapsed }} after the start{% endif %}"
    "{% if faster %}: {{ faster }} faster than {{ year }}{% endif %}."
)
_TIMES = "{% if multiple %} That was {{ multiple }} {{ year }} at the same time.{% endif %}"
_BASIS = "{% if basis %} Basis: {{ basis }}.{% endif %}"
_LAST = "{% if next %} Next: {{ next }}.{% endif %}" + _BASIS

_AT_ZH = "{% if not late %}于{{ when }}{% endif %}"
_AFTER_ZH = (
    "{% if elapsed %}，用时{{ elapsed }}{% endif %}"
    "{% if faster %}，比{{ year }}快{{ faster }}{% endif %}"
)
_TIMES_ZH = "{% if multiple %}，为{{ year }}同时刻的{{ multiple }}{% endif %}。"
_BASIS_ZH = "{% if basis %}口径：{{ basis }}。{% endif %}"
_LAST_ZH = "{% if next %}下一目标：{{ next }}。{% endif %}" + _BASIS_ZH

_STATE = (
    '{% if state == "queueing" %}payments began to queue'
    '{% elif state == "diverting" %}payments began to be diverted'
    '{% elif state == "recovered" %}payments recovered'
    "{% else %}payments were back to normal{% endif %}"
)
_STATE_ZH = (
    '{% if state == "queueing" %}支付开始排队'
    '{% elif state == "diverting" %}支付开始分流'
    '{% elif state == "recovered" %}支付已恢复'
    "{% else %}支付恢复正常{% endif %}"
)
_WHOLE_YEAR = "{% if of_year %}, {{ of_year }} all of {{ year }} ({{ year_total }}){% endif %}"
_WHOLE_YEAR_ZH = "{% if of_year %}，为{{ year }}全天{{ year_total }}的{{ of_year }}{% endif %}"


def _of(*parts: str) -> str:
    return "".join(parts)


def _counted(noun: str) -> str:
    return _of("{{ campaign }} passed {{ amount }} ", noun, _AT, _AFTER, _BASIS)


def _counted_zh(noun: str) -> str:
    return _of("{{ campaign }}：", noun, _AT_ZH, "突破{{ amount }}", _AFTER_ZH, "。", _BASIS_ZH)


_GROSS, _ALL_OF = "{{ campaign }}: turnover", " passed all of "
_GROSS_ZH, _ALL_OF_ZH = "{{ campaign }}：成交总额", "全天的{{ amount }}"
# The first so good: a better one may follow, so it is no peak of the day.
_PEAK, _PAST_ZH = "{{ campaign }}: {{ value }}", "，首次突破{{ amount }}"
ENGLISH = {
    "amount": _of(_GROSS, " passed {{ amount }}", _AT, _AFTER, _TIMES, _LAST),
    "reference_total": _of(
        _GROSS, _ALL_OF, "{{ year }}, {{ amount }},", _AT, _AFTER, _TIMES, _LAST
    ),
    "past_total": _of(_GROSS, _ALL_OF, "{{ subject }}, {{ amount }},", _AT, _AFTER, _LAST),
    "multiple": _of(
        _GROSS,
        _AT,
        " reached {{ amount }} that of {{ year }} at the same time",
        "{% if year_to_now %}, {{ year_to_now }} then{% endif %}.",
        _BASIS,
    ),
    "payments": _counted("payments"),
    "orders": _counted("orders"),
    "counter": _counted("{{ subject }}"),
    "share": _of("{{ campaign }}: {{ subject }} passed {{ amount }}", _AT, _AFTER, _BASIS),
    "peak_minute": _of(_PEAK, " in one minute", _AT, ", the first past {{ amount }}.", _BASIS),
    "peak_second": _of(
        _PEAK, " payments in one second", _AT, ", the first past {{ amount }}.", _BASIS
    ),
    "bulletin": _of(
        "{{ campaign }}, the first {{ amount }}",
        "{% if total %}: turnover {{ total }}{% endif %}",
        "{% if multiple %}, {{ multiple }} {{ year }} ({{ year_to_now }}){% endif %}.",
        _BASIS,
    ),
    "start": _of(
        "{{ campaign }} started",
        _AT,
        ".{% if year_total %} To beat: {{ year_total }} in {{ year }}.{% endif %}",
    ),
    "close": _of(
        "{{ campaign }} closed at {{ total }}",
        _WHOLE_YEAR,
        ". Late payments may still change it.",
        _BASIS,
    ),
    "site": _of("{{ campaign }}: ", _STATE, _AT, "."),
}
CHINESE = {
    "amount": _of(_GROSS_ZH, _AT_ZH, "突破{{ amount }}", _AFTER_ZH, _TIMES_ZH, _LAST_ZH),
    "reference_total": _of(
        _GROSS_ZH, _AT_ZH, "超过{{ year }}", _ALL_OF_ZH, _AFTER_ZH, _TIMES_ZH, _LAST_ZH
    ),
    "past_total": _of(
        _GROSS_ZH, _AT_ZH, "超过{{ subject }}", _ALL_OF_ZH, _AFTER_ZH, "。", _LAST_ZH
    ),
    "multiple": _of(
        _GROSS_ZH,
        _AT_ZH,
        "达到{{ year }}同时刻{% if year_to_now %}（{{ year_to_now }}）{% endif %}的{{ amount }}。",
        _BASIS_ZH,
    ),
    "payments": _counted_zh("支付笔数"),
    "orders": _counted_zh("订单数"),
    "counter": _counted_zh("{{ subject }}"),
    "share": _of(
        "{{ campaign }}：{{ subject }}", _AT_ZH, "突破{{ amount }}", _AFTER_ZH, "。", _BASIS_ZH
    ),
    "peak_minute": _of(
        "{{ campaign }}：", _AT_ZH, "一分钟成交{{ value }}", _PAST_ZH, "。", _BASIS_ZH
    ),
    "peak_second": _of(
        "{{ campaign }}：", _AT_ZH, "一秒支付{{ value }}笔", _PAST_ZH, "笔。", _BASIS_ZH
    ),
    "bulletin": _of(
        "{{ campaign }}：开场{{ amount }}{% if total %}，成交总额{{ total }}{% endif %}",
        "{% if multiple %}，为{{ year }}同期{{ year_to_now }}的{{ multiple }}{% endif %}。",
        _BASIS_ZH,
    ),
    "start": _of(
        "{{ campaign }}：已",
        _AT_ZH,
        "开场。{% if year_total %}目标：超越{{ year }}的{{ year_total }}。{% endif %}",
    ),
    "close": _of(
        "{{ campaign }}：已收官，成交总额{{ total }}",
        _WHOLE_YEAR_ZH,
        "。后续到账可能仍有变动。",
        _BASIS_ZH,
    ),
    "site": _of("{{ campaign }}：", _STATE_ZH, "{% if not late %}（{{ when }}）{% endif %}。"),
}
