"""Rights that end on a real board: open sockets are closed at once, by a message (H20, F50)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.boards import Board, manage

# Without the message a socket is asked within 60 s.
AT_ONCE_S = 20
PASSWORD = "long-enough-and-not-common"


@contextmanager
def browser(board: Board) -> Iterator[httpx.Client]:
    """A browser without a window: it keeps cookies, and says where its requests come from."""
    with httpx.Client(base_url=board.url, trust_env=False, timeout=20) as opened:
        opened.headers["Origin"] = board.url
        yield opened


def watching(board: Board, slug: str, visitor: httpx.Client) -> ClientConnection:
    """Return the socket that a page of this browser has open; to be closed."""
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    url = f"ws://127.0.0.1:{board.port}/ws/campaigns/{slug}/"
    headers = {"Cookie": cookies, "Origin": board.url}
    return connect(url, additional_headers=headers, proxy=None)


def code_of_end(socket: ClientConnection) -> int:
    """Read until the board closes the socket; return the code."""
    with suppress(ConnectionClosed):
        while True:
            socket.recv(timeout=AT_ONCE_S)
    assert socket.close_code
    return socket.close_code


def test_a_wall_that_is_unpaired_is_closed_h20(board: Board) -> None:
    board.create_campaign("unpaired-open", visibility="token")
    with browser(board) as wall:
        wall.get("/wall/unpaired-open/")
        token = {"X-CSRFToken": wall.cookies["csrftoken"]}
        shown = wall.post("/wall/unpaired-open/pairing", headers=token).json()
        paired = json.loads(board.manage("pair", shown["code"]).stdout)
        with watching(board, "unpaired-open", wall) as socket:
            socket.recv(timeout=60)
            board.manage("unpair", str(paired["screen"]))
            assert code_of_end(socket) == 4401


def test_staff_who_log_out_are_closed_s12(board: Board) -> None:
    board.create_campaign("logged-out", visibility="staff")
    person = ("--noinput", "--username", "h20", "--email", "h20@example.com")
    manage("createsuperuser", *person, env={**board.env, "DJANGO_SUPERUSER_PASSWORD": PASSWORD})
    with browser(board) as visitor:
        visitor.get("/admin/login/")
        form = {"username": "h20", "password": PASSWORD, "next": "/admin/"}
        visitor.post("/admin/login/", data={**form, "csrfmiddlewaretoken": token_of(visitor)})
        with watching(board, "logged-out", visitor) as socket:
            socket.recv(timeout=60)
            visitor.post("/admin/logout/", data={"csrfmiddlewaretoken": token_of(visitor)})
            assert code_of_end(socket) == 4401


def token_of(visitor: httpx.Client) -> str:
    """Return what a form of this browser's is to bring along."""
    return visitor.cookies["csrftoken"]
