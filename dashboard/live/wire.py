"""A text message as it goes over a websocket (RFC 6455), encoded once for all who are told it."""

_TEXT, _SHORT, _LONG = 0x81, 126, 127  # one whole text frame; lengths of 16 and of 64 bits follow


def text_frame(payload: bytes) -> bytes:
    """Return UTF-8 `payload` as the one unmasked frame that a server sends it in."""
    length = len(payload)
    if length < _SHORT:
        head = bytes((_TEXT, length))
    elif length < 1 << 16:
        head = bytes((_TEXT, _SHORT)) + length.to_bytes(2, "big")
    else:
        head = bytes((_TEXT, _LONG)) + length.to_bytes(8, "big")
    return head + payload
