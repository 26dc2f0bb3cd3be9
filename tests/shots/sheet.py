"""A contact sheet: all pictures of a folder on one page."""

from html import escape
from pathlib import Path

_PAGE = """<!doctype html>
<meta charset="utf-8"><title>GMV Board: screens</title>
<style>
body {{ background: #333; color: #eee; font: 15px sans-serif; margin: 24px; }}
section {{ display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-end; }}
img {{ height: 220px; display: block; }} a {{ color: inherit; }} figure {{ margin: 0; }}
</style>
{sections}
"""


def write(folder: Path) -> Path:
    """Write `index.html` for the pictures in a folder, `state-lang-size.png`; return its path."""
    states: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.png")):
        states.setdefault(path.stem.replace("-zh-hans-", "-zh-").rsplit("-", 2)[0], []).append(path)
    sections = "\n".join(_section(state, paths) for state, paths in states.items())
    index = folder / "index.html"
    index.write_text(_PAGE.format(sections=sections))
    return index


def _section(state: str, paths: list[Path]) -> str:
    figures = "".join(
        f'<figure><a href="{escape(path.name)}"><img src="{escape(path.name)}" alt=""></a>'
        f"<figcaption>{escape(path.stem)}</figcaption></figure>"
        for path in paths
    )
    return f"<h2>{escape(state)}</h2><section>{figures}</section>"
