"""An alert to where it was asked for: the terminal, a signed webhook, a mailbox, a feed file.

Webhooks are signed as Standard Webhooks has it: `webhook-signature` is "v1," and the base64 of HMAC-SHA256 over
"id.timestamp.body" with the secret; the id stays the same when it is sent again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import smtplib
import ssl
import tempfile
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from rashomon.errors import UsageError
from rashomon.watch.alerts import Alert

SECONDS = 20.0
_BLANK = re.compile(r"[\s<>\"]")
_MAILBOX = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")


def checked(to: str) -> str:
    """Where alerts go, if it is somewhere; UsageError where it is not."""
    if to in ("terminal", "-"):
        return "terminal"
    scheme = to.partition(":")[0].lower()
    if is_web(to) or (scheme == "mailto" and _MAILBOX.fullmatch(_mailbox(to))):
        return to
    if scheme not in ("http", "https", "mailto") and Path(to).suffix in (".atom", ".xml", ".json"):
        folder = Path(to).absolute().parent
        if not folder.is_dir():
            raise UsageError(f"There is no folder {folder} to write {Path(to).name} in: make it first.")
        if Path(to).is_dir() or not os.access(folder, os.W_OK):
            raise UsageError(f"{to} cannot be written: it is a folder, or its folder may not be written in.")
        return str(Path(to).absolute())
    raise UsageError(
        f"{to} is nowhere to send to: write terminal, https://…, mailto:…, or a file ending in .atom or .json."
    )


def is_web(url: str) -> bool:
    """Whether it is an address of the web: of http or https, with a server's name, and no spaces in it."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not _BLANK.search(url)
    except ValueError:
        return False


def _mailbox(to: str) -> str:
    return unquote(to.partition(":")[2].partition("?")[0])


def signature(secret: str, key: str, moment: int, body: bytes) -> str:
    """The signature of a webhook; a secret that begins with "whsec_" is base64. OSError where it is not."""
    try:
        raw = base64.b64decode(secret.removeprefix("whsec_")) if secret.startswith("whsec_") else secret.encode()
    except binascii.Error:
        raise OSError(
            "No webhook was sent: RASHOMON_WEBHOOK_SECRET begins with whsec_, and what follows is no base64; copy it "
            "whole."
        ) from None
    signed = hmac.new(raw, f"{key}.{moment}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()


def webhook(to: str, alert: Alert, moment: float, secret: str | None, allow_private: bool) -> None:
    """Post an alert as JSON; OSError with a sentence where it did not arrive."""
    from rashomon.pages import fetch

    body = msgspec.json.encode({"type": f"alert.{alert.kind}", "timestamp": alert.at, "data": alert})
    headers = {"Content-Type": "application/json", "webhook-id": alert.id, "webhook-timestamp": str(int(moment))}
    if secret:
        headers["webhook-signature"] = signature(secret, alert.id, int(moment), body)
    try:
        status = fetch.post(to, body, headers, allow_private, SECONDS)
    except fetch.FAILED as error:
        why = fetch.failure(error, SECONDS).partition(";")[0]
        hint = "" if allow_private or "no public address" not in why else "; --allow-private lets it be sent there"
        raise OSError(f"The alert could not be sent to {fetch.bare(to)}: {why}{hint}.") from None
    if not 200 <= status < 300:
        raise OSError(f"The alert was not taken by {fetch.bare(to)}: it answered with status {status}.")


def message(to: str, alert: Alert, sender: str) -> EmailMessage:
    """An alert as a mail."""
    out = EmailMessage()
    out["Subject"] = " ".join(f"{alert.title}: {alert.story_title}".split())[:200]
    out["From"] = sender
    out["To"] = _mailbox(to)
    out["Message-ID"] = f"<{alert.id}@rashomon.invalid>"
    lines = [alert.title, "", alert.text, "", f"Story: {alert.story_title} ({alert.story})"]
    if alert.address:
        lines.append(f"Page: {alert.address}")
    out.set_content("\n".join(lines) + "\n")
    return out


def mail(to: str, alert: Alert, server: str | None) -> None:
    """Mail an alert by the SMTP server of a URL (smtp://user:password@host:587, smtps://…); OSError where it failed."""
    if not server:
        raise OSError(
            "No mail was sent: name the server in RASHOMON_SMTP, as in smtp://user:password@mail.example:587."
        )
    try:
        parts = urlsplit(server)
        host, port, safe = parts.hostname, parts.port, parts.scheme == "smtps"
    except ValueError:
        host = None
    if not host or parts.scheme not in ("smtp", "smtps"):
        raise OSError(
            "No mail was sent: RASHOMON_SMTP is no address of a mail server; write it as in "
            "smtp://user:password@mail.example:587."
        )
    port = port or (465 if safe else 25)
    try:
        made = (
            smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
            if safe
            else smtplib.SMTP(host, port, timeout=SECONDS)
        )
        with made as link:
            if not safe and link.has_extn("starttls"):
                link.starttls(context=ssl.create_default_context())
            if parts.username:
                link.login(unquote(parts.username), unquote(parts.password or ""))
            link.send_message(
                message(to, alert, os.environ.get("RASHOMON_FROM") or parts.username or "rashomon@localhost")
            )
    except (smtplib.SMTPException, OSError) as error:
        why = getattr(error, "strerror", None) or " ".join(str(error).split())[:200]
        raise OSError(f"No mail was sent by {host}, port {port}: {why}. Look at RASHOMON_SMTP.") from None


def feed_file(path: str, alerts: Sequence[Alert], title: str) -> None:
    """Write the newest alerts as an Atom or JSON feed, the file replaced at once; OSError where it cannot be."""
    from rashomon.formats import feed

    items = [
        feed.Item(
            id=f"urn:rashomon:{each.id}", title=f"{each.title}: {each.story_title}", text=each.text, at=each.at,
            address=each.address if (each.address or "").startswith(("http://", "https://")) else None,
            tags=(each.kind,),
        )
        for each in alerts
    ]  # fmt: skip
    data = feed.json_feed(items, title) if path.endswith(".json") else feed.atom(items, title)
    target = Path(path)
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        why = error.strerror or error
        raise OSError(f"The feed {path} could not be written ({why}): look at its folder.") from None
