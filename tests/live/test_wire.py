import pytest
from websockets.frames import Frame, Opcode

from dashboard.live.wire import text_frame


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536, 100_000])
def test_a_message_is_encoded_as_a_websocket_library_does_it(length: int) -> None:
    payload = b"x" * length
    assert text_frame(payload) == Frame(Opcode.TEXT, payload).serialize(mask=False)
