import gzip
from collections.abc import Callable

import pytest
import zstandard

from dashboard.accept.body import inflate
from dashboard.accept.limits import MAX_BODY
from dashboard.accept.problems import Problem


def zstd_stream(plain: bytes) -> bytes:
    """Return a frame that does not say how large it will be."""
    stream = zstandard.ZstdCompressor().compressobj()
    return stream.compress(plain) + stream.flush()


COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zstd": zstandard.compress,
    "zstd ": zstd_stream,
}


@pytest.mark.parametrize("how", COMPRESS)
def test_bodies_inflate_up_to_the_cap_f32(how: str) -> None:
    assert inflate(COMPRESS[how](b"x" * MAX_BODY), how.strip()) == b"x" * MAX_BODY


@pytest.mark.parametrize("how", COMPRESS)
def test_a_bomb_is_413_f32(how: str) -> None:
    bomb = COMPRESS[how](bytes(30_000_000))
    assert len(bomb) < 30_000
    with pytest.raises(Problem) as raised:
        inflate(bomb, how.strip())
    assert raised.value.status == 413


@pytest.mark.parametrize("how", COMPRESS)
@pytest.mark.parametrize("spoil", [lambda b: b[:-1], lambda b: b + b"x", lambda b: b[1:]])
def test_what_is_not_one_whole_stream_is_400(how: str, spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Problem, match="body: expected") as raised:
        inflate(spoil(COMPRESS[how](b"plain" * 100)), how.strip())
    assert raised.value.status == 400


def test_a_frame_that_asks_for_a_huge_window_is_400() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    stream = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    with pytest.raises(Problem, match="zstd"):
        inflate(stream.compress(b"x" * 1000) + stream.flush(), "zstd")
