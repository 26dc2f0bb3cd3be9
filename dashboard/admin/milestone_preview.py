"""What a rule would say, on its own page: words against each feed's limit, posters, names."""

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dashboard.alerts import preview
from dashboard.alerts.phrases import NAMES
from dashboard.alerts.poster.paint import draw
from dashboard.alerts.poster.shapes import SHAPES
from dashboard.alerts.preview import Fit, Preview
from dashboard.store.tables import Milestone

_ACROSS = {"square": 180, "wide": 320, "story": 101}  # pixels; all are 180 high


def shown(rule: Milestone, posters: str) -> str:
    """Return the previews of a saved rule; its pictures' addresses begin with `posters`."""
    parts = (_one(each, posters) for each in preview.of_rule(rule))
    return format_html_join("", "<section>{}</section>", ((part,) for part in parts))


def names() -> str:
    """Return the table of what templates are written with, in the language of the page."""
    chinese = (get_language() or "").startswith("zh")
    rows = ((f"{{{{ {name} }}}}", about[chinese]) for name, about in NAMES.items())
    return format_html(
        "<details><summary>{}</summary><table>{}</table></details>",
        _("what templates are written with"),
        format_html_join("", "<tr><td><code>{}</code></td><td>{}</td></tr>", rows),
    )


def picture(rule: Milestone, case: str, lang: str, shape: str) -> bytes | None:
    """Return one of its posters; None where there is no such case, language or shape."""
    story = {str(name): story for name, story in preview.stories(rule).items()}.get(case)
    known = [one for one in preview.LANGS if one == lang]
    return draw(story, shape, known[0]) if story and known and shape in SHAPES else None


def _one(each: Preview, posters: str) -> str:
    case = {"fallen": _("as it fell"), "sample": _("a sample"), "extreme": _("at its longest")}
    return format_html(
        "<h3>{}, {}: {}</h3><p>{}</p><ul>{}</ul><p>{}</p>",
        case[each.case],
        {"en": "English", "zh-hans": "简体中文"}[each.lang],
        each.title,
        each.text,
        format_html_join("", "<li>{}</li>", ((_against(fit),) for fit in each.fits)),
        format_html_join(
            " ",
            '<img src="{}" width="{}" height="180" loading="lazy" alt="{}">',
            (
                (f"{posters}{each.case}/{each.lang}/{shape}.png", across, each.alt)
                for shape, across in _ACROSS.items()
            ),
        ),
    )


def _against(fit: Fit) -> str:
    return " ".join(_told(fit))


def _told(fit: Fit) -> Iterator[str]:
    yield f"{fit.feed}: {fit.length}/{fit.most} ({fit.count})"
    if not fit.whole:
        yield _("is cut to: %s") % fit.text
