"""Messages as the outbox gives them to a service."""

from dashboard.alerts.service import Message

# Not a picture, but bytes that no text is made of.
PNG = b"\x89PNG\r\n\x1a\n\x00\xff" * 50
HOSTILE = (
    '<!everyone> @everyone <at user_id="all">x</at> <@u1> [here](https://evil.example) *b* & _c_'
)


def words(text: str = "成交额突破 100 亿元，用时 13:38:00", lang: str = "zh-hans") -> Message:
    """Return a message without a picture."""
    return Message(text=text, lang=lang, key="0123456789abcdef")


def with_picture(text: str = "10 billion at 13:38", alt: str = "A poster: ¥10 billion") -> Message:
    """Return a message with a picture, in English."""
    return Message(text=text, lang="en", key="0123456789abcdef", picture=PNG, alt=alt)
