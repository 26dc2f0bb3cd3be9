"""The three shapes of a poster: where everything stands, in pixels, after the wall's take-over.

Above, on the ground, stand the campaign and its total; below `edge` the flood of a milestone. The
story keeps its first 250 and last 160 pixels free, where telephones put their own things.
"""

import msgspec

from dashboard.alerts.poster.setting import Slot


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A poster's size and its places; `facts` are pairs of a name and a figure."""

    width: int
    height: int
    margin: int
    edge: int
    campaign: Slot
    stamp: Slot
    total_name: Slot
    total: Slot
    digits: Slot
    multiple_name: Slot
    multiple: Slot
    multiple_then: Slot | None
    headline: Slot
    large: Slot
    facts: tuple[tuple[Slot, Slot], ...]
    foot: Slot
    lines: int  # of a text in the place of the large figure
    leading: int  # from line to line, hundredths of the size


SHAPES = {
    "wide": Shape(
        width=1920,
        height=1080,
        margin=48,
        edge=498,
        campaign=Slot(48, 80, 1220, 46),
        stamp=Slot(1340, 80, 532, 40),
        total_name=Slot(48, 152, 1220, 40),
        total=Slot(46, 386, 1226, 274),
        digits=Slot(48, 462, 1226, 62),
        multiple_name=Slot(1340, 152, 532, 40),
        multiple=Slot(1338, 386, 532, 220),
        multiple_then=Slot(1340, 462, 532, 40),
        headline=Slot(50, 604, 1226, 60),
        large=Slot(42, 976, 1226, 440),
        facts=tuple(
            (Slot(1340, top, 532, 40), Slot(1340, top + 88, 532, 84)) for top in (574, 731, 888)
        ),
        foot=Slot(50, 1062, 1822, 30),
        lines=3,
        leading=108,
    ),
    "square": Shape(
        width=1080,
        height=1080,
        margin=54,
        edge=496,
        campaign=Slot(54, 92, 972, 46),
        stamp=Slot(54, 144, 972, 34),
        total_name=Slot(54, 214, 972, 36),
        total=Slot(52, 378, 974, 196),
        digits=Slot(54, 456, 500, 54),
        multiple_name=Slot(872, 452, 296, 36, right=True),
        multiple=Slot(1026, 456, 140, 76, right=True),
        multiple_then=None,
        headline=Slot(54, 580, 972, 52),
        large=Slot(48, 838, 978, 310),
        facts=tuple(
            (Slot(left, 914, 308, 33), Slot(left, 982, 298, 64)) for left in (54, 386, 718)
        ),
        foot=Slot(54, 1046, 972, 28),
        lines=3,
        leading=108,
    ),
    "story": Shape(
        width=1080,
        height=1920,
        margin=72,
        edge=960,
        campaign=Slot(72, 310, 936, 54),
        stamp=Slot(72, 372, 936, 38),
        total_name=Slot(72, 482, 936, 40),
        total=Slot(70, 672, 938, 220),
        digits=Slot(72, 758, 936, 66),
        multiple_name=Slot(72, 888, 600, 42),
        multiple=Slot(1008, 892, 320, 120, right=True),
        multiple_then=None,
        headline=Slot(72, 1072, 936, 58),
        large=Slot(66, 1372, 942, 360),
        facts=tuple(
            (Slot(72, y, 460, 42), Slot(1008, y + 4, 450, 80, right=True))
            for y in (1478, 1574, 1670)
        ),
        foot=Slot(72, 1752, 936, 32),
        lines=4,
        leading=108,
    ),
}
