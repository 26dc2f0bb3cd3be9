"""A mail server on this machine that answers as a test says (RFC 5321)."""

import socketserver
import threading
from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage

HANG_UP, SILENCE = "", "silence"
# What is answered at each stage where a test says nothing else.
_ANSWERS = {
    "greeting": "220 mail.example",
    "EHLO": "250 mail.example",
    "MAIL": "250 OK",
    "RCPT": "250 OK",
    "DATA": "354 go on",
    "letter": "250 queued",
    "RSET": "250 OK",
    "QUIT": "221 bye",
}


class MailServer:
    """Listens while it is entered; `letters` are those that it said it has."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.letters: list[EmailMessage] = []
        self.answers = {**_ANSWERS, **answers}
        handler = type("Handler", (_Handler,), {"mail": self})
        self._tcp = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
        self._tcp.daemon_threads = True
        self.port: int = self._tcp.server_address[1]

    def __enter__(self) -> "MailServer":
        serve = {"poll_interval": 0.01}
        threading.Thread(target=self._tcp.serve_forever, kwargs=serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._tcp.shutdown()
        self._tcp.server_close()


class _Handler(socketserver.StreamRequestHandler):
    mail: MailServer

    def handle(self) -> None:
        if not self.say("greeting"):
            return
        while line := self.rfile.readline():
            command = line[:4].decode().upper()
            if not self.say(command) or command == "QUIT":
                return
            if command == "DATA" and self.mail.answers["DATA"].startswith("354"):
                letter = self.letter()
                if not self.say("letter"):
                    return
                if self.mail.answers["letter"].startswith("250"):
                    self.mail.letters.append(letter)

    def letter(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return message_from_bytes(b"".join(lines), policy=policy.default)

    def say(self, stage: str) -> bool:
        """Answer, to each recipient in turn where there are several; tell whether it goes on."""
        answer, _, others = self.mail.answers[stage].partition(", ")
        if others:
            self.mail.answers[stage] = others
        if answer not in {HANG_UP, SILENCE}:
            self.wfile.write(f"{answer}\r\n".encode())
        return bool(answer != HANG_UP)
