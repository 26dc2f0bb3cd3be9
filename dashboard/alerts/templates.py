"""A template language small enough for staff: Django's, with `if`, `firstof`, `comment` and names.

Nothing is loaded or included, no number is made, parted or cut: a name has no parts and no filter
but those of `FILTERS`, and what is printed is what phrases.py says.
"""

import re
from functools import lru_cache

from django.template import Context, Engine, Library, Template, TemplateSyntaxError
from django.template import defaultfilters as filters
from django.template import defaulttags as tags
from django.template.base import Lexer, TokenType

from dashboard.alerts.phrases import NAMES

LONGEST = 2_000  # characters of a template
register = Library()
register.tag("if", tags.do_if)
register.tag("firstof", tags.firstof)
register.tag("comment", tags.comment)
for _filter in (filters.default, filters.capfirst, filters.upper, filters.lower):
    register.filter(_filter)
_OPERATORS = {"and", "or", "not", "in", "is", "==", "!=", "<", ">", "<=", ">="}
_NOT_NAMES = re.compile(r'"[^"]*"|\'[^\']*\'|\|\s*\w+\s*:?|\b\d+\b')


class _Engine(Engine):
    default_builtins = [__name__]  # noqa: RUF012 (as Django has it)


_ENGINE = _Engine(autoescape=False)


class BadTemplate(ValueError):
    """A template that cannot be used; the message says what is wrong, and where."""


@lru_cache(maxsize=512)
def compiled(source: str) -> Template:
    """Return a template ready to render. Raises `BadTemplate`."""
    if len(source) > LONGEST:
        raise BadTemplate(f"expected at most {LONGEST:,} characters, got {len(source):,}")
    try:
        found = Template(source, engine=_ENGINE)
    except TemplateSyntaxError as error:
        raise BadTemplate(_plainly(str(error))) from error
    if strange := sorted(_asked_for(source) - set(NAMES)):
        raise BadTemplate(
            f"there is no {{{{ {strange[0]} }}}}; the names are: {', '.join(sorted(NAMES))}"
        )
    return found


def render(source: str, words: dict[str, str]) -> str:
    """Return a template's text, its spaces closed up. Raises `BadTemplate`."""
    text = compiled(source).render(Context(words, autoescape=False))
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _asked_for(source: str) -> set[str]:
    """Return the names that a template asks for, dots and all."""
    asked: set[str] = set()
    for token in Lexer(source).tokenize():
        if token.token_type not in (TokenType.VAR, TokenType.BLOCK):
            continue
        words = _NOT_NAMES.sub(" ", token.contents).split()
        if token.token_type == TokenType.BLOCK:
            words = [] if words[0] not in ("if", "elif", "firstof") else words[1:]
        asked |= set(words) - _OPERATORS
    return asked


def _plainly(said: str) -> str:
    tag = re.search(r"[Bb]lock tag on line (\d+): '([^']*)'", said)
    if tag and "Unclosed" not in said:
        return f"line {tag[1]}: there is no tag {tag[2]!r} here; the tags are: if, firstof, comment"
    return said.partition(" Did you forget")[0]
