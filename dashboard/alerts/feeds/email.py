"""E-mail, by the mail server of the settings (EMAIL_URL, EMAIL_FROM).

A letter is plain text with the picture beside it. SMTP has no key that makes two letters one; its
own answers (RFC 5321) tell a refusal (5xx) from "not now" (4xx). The Message-ID is made of the
message's key, so that who looks finds it.
"""

from email.mime.image import MIMEImage

from django.conf import settings
from django.core.mail import EmailMessage

from dashboard.alerts.service import Account, Field, Message, Sent, Service
from dashboard.alerts.web import Refused, Web
from dashboard.core.lengths import Limit, cut

_SUBJECT = Limit(120)


def post(message: Message, account: Account, web: Web) -> Sent:
    """Send the words as a letter, whose subject is their first line."""
    to = [one.strip() for one in account["to"].split(",") if one.strip()]
    if not all("@" in one for one in to):
        raise Refused("to: expected addresses, as news@paper.example, with commas between them")
    sender = account.get("sender") or settings.DEFAULT_FROM_EMAIL
    number = f"<{message.key}@{sender.rpartition('@')[2].strip('> ')}>"
    parts = (message.text, message.link if message.link not in message.text else "", message.alt)
    letter = EmailMessage(
        subject=cut(message.text.strip().splitlines()[0], _SUBJECT),
        body="\n\n".join(part for part in parts if part),
        from_email=sender,
        to=to,
        headers={"Message-ID": number, "Content-Language": message.lang},
    )
    if message.picture:
        letter.attach(_picture(message))
    return Sent(remote_id=number, lacks=web.mail(letter))


def _picture(message: Message) -> MIMEImage:
    image = MIMEImage(message.picture or b"", "png")
    image.add_header("Content-Disposition", "attachment", filename="poster.png")
    return image


SERVICE = Service(
    name="email",
    title="E-mail",
    fields=(
        Field(
            "to",
            "addresses, with commas between them",
            pattern=r"[^@\s,]+@[^@\s,]+(\s*,\s*[^@\s,]+@[^@\s,]+)*",
            about_zh="收件地址，以逗号分隔",
        ),
        Field(
            "sender",
            "From; EMAIL_FROM where it is empty",
            required=False,
            pattern=r"[^@\r\n]+@[^@\s]+",
            about_zh="发件地址；留空则用 EMAIL_FROM",
        ),
    ),
    limit=Limit(10_000),
    post=post,
    pictures=True,
)
