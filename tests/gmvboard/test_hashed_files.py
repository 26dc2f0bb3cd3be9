"""Static files of hashed names come without Django; all else is Django's."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from channels.testing import HttpCommunicator

from gmvboard.hashed_files import HashedFiles
from gmvboard.proxies import Receive, Scope, Send

NAME = "js/wall.0123456789ab.js"
TEXT = b"export const one = 1;\n"


async def django(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"django"})


@pytest.fixture
def files(tmp_path: Path) -> HashedFiles:
    (tmp_path / "js").mkdir()
    (tmp_path / NAME).write_bytes(TEXT)
    (tmp_path / f"{NAME}.gz").write_bytes(gzip.compress(TEXT))
    (tmp_path / "secret").write_bytes(b"of nobody")
    return HashedFiles(django, tmp_path, "/static/", [NAME, "js/gone.0123456789ab.js"])


async def got(files: HashedFiles, path: str, method: str = "GET", **headers: str) -> Any:
    asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    client = HttpCommunicator(files, method, path, headers=asked)
    answer = await client.get_response()
    await client.wait()
    return answer


async def test_a_hashed_file_is_whole_and_good_for_ever(files: HashedFiles) -> None:
    answer = await got(files, f"/static/{NAME}")
    headers = dict(answer["headers"])
    assert (answer["status"], answer["body"]) == (200, TEXT)
    assert headers[b"content-type"] == b"text/javascript; charset=utf-8"
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert b"immutable" in headers[b"cache-control"]
    assert b"content-encoding" not in headers


async def test_it_comes_packed_to_who_can_unpack_it(files: HashedFiles) -> None:
    answer = await got(files, f"/static/{NAME}", accept_encoding="gzip, br")
    assert dict(answer["headers"])[b"content-encoding"] == b"gzip"
    assert gzip.decompress(answer["body"]) == TEXT


async def test_what_was_read_is_kept_when_a_newer_version_takes_the_folder(
    files: HashedFiles, tmp_path: Path
) -> None:
    await got(files, f"/static/{NAME}")
    (tmp_path / NAME).unlink()
    assert (await got(files, f"/static/{NAME}"))["body"] == TEXT


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/static/secret", "GET", {}),
        ("/static/../secret", "GET", {}),
        ("/static/js/gone.0123456789ab.js", "GET", {}),
        (f"/{NAME}", "GET", {}),
        (f"/static/{NAME}", "HEAD", {}),
        (f"/static/{NAME}", "GET", {"range": "bytes=0-3"}),
        (f"/static/{NAME}", "GET", {"if_none_match": '"1"'}),
    ],
)
async def test_all_else_is_django_s(
    files: HashedFiles, path: str, method: str, headers: dict[str, str]
) -> None:
    assert (await got(files, path, method, **headers))["body"] == b"django"
