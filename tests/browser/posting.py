"""What browser tests do to a real board: events are posted, staff log in, tables are filled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from tests.boards import Board

_SHELL = "from dashboard.store.tables import *; campaign = Campaign.objects.get(slug={slug!r}); "
_STAFF = (
    "from django.contrib.auth import get_user_model as m; "
    "m().objects.create_superuser('looker', password='{password}')"
)
_PASSWORD = "a long one of a test"


def a_payment(id_: str, amount: int, **fields: Any) -> dict[str, Any]:
    """Return a payment of now, `amount` in minor units of CNY."""
    now = datetime.now(UTC).isoformat()
    kind = {"id": id_, "type": "payment.succeeded", "occurred_at": now}
    return {**kind, "amount": amount, "currency": "CNY", **fields}


def shell(board: Board, slug: str, code: str) -> None:
    """Run a line of Python beside the board, with `campaign` and the tables at hand."""
    board.manage("shell", "--no-imports", "-c", _SHELL.format(slug=slug) + code)


@cache
def _have_staff(board: Board) -> None:
    """Make the member of staff that logs in, once a board."""
    board.manage("shell", "--no-imports", "-c", _STAFF.format(password=_PASSWORD))


@contextmanager
def logged_in(board: Board, browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """Give a browser's context in which a member of staff has logged in."""
    _have_staff(board)
    context = browser.new_context(viewport={"width": 1280, "height": 720}, **options)
    page = context.new_page()
    page.goto(f"{board.url}/admin/login/")
    page.fill("[name=username]", "looker")
    page.fill("[name=password]", _PASSWORD)
    page.click("[type=submit]")
    yield context
    context.close()
