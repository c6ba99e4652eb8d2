"""The shell around every answer: language of the document, compression, safety headers.

Plain ASGI. It changes nothing of what pages say, and lets websockets pass untouched.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from anyio import to_thread

from waardeweging.app.ahead import asking_ahead
from waardeweging.presentation.catalog import LANGUAGES, Language, text

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

SCRIPT_PATH = "/shell.js"
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Cpath fill='%23154273' d='M1 13h14v2H1zM3 8h3v4H3zM7 3h3v9H7zM11 6h3v6h-3z'/%3E%3C/svg%3E"
)
_STREAMLIT = '<div id="root"></div>'
_COMPRESSED = (b"text/javascript", b"application/javascript", b"text/css", b"image/svg+xml")
_FIXED: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]


class Shell:
    """Middleware around all HTTP answers of the app.

    Streamlit serves its scripts uncompressed and calls every document English.
    Its scripts never change under one name, so each is compressed once and kept.

    Parameters
    ----------
    app : ASGI application
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._kept: dict[str, tuple[Headers, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and dress its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] in self._kept and _accepts_gzip(scope):
            headers, body = self._kept[scope["path"]]
            await _answer(send, 200, headers, b"" if scope["method"] == "HEAD" else body)
            return
        # Nothing inside compresses, so that every document can be read and dressed here.
        inner = {**scope, "headers": _without(scope["headers"], b"accept-encoding")}
        await self._app(inner, receive, _Dressing(self._kept, scope, send).send)


class _Dressing:
    """One answer on its way out; documents and scripts are held until they are whole."""

    def __init__(self, kept: dict[str, tuple[Headers, bytes]], scope: Scope, send: Send) -> None:
        self._kept, self._scope, self._send = kept, scope, send
        self._start: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = _with_fixed(message["headers"])
            if self._is_document(message) or self._is_script(message):
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)
            return
        await self._send(message)

    def _is_document(self, start: Message) -> bool:
        kind = _header(start["headers"], b"content-type")
        return kind.startswith(b"text/html") and self._scope["method"] == "GET"

    def _is_script(self, start: Message) -> bool:
        headers = start["headers"]
        return (
            start["status"] == 200
            and self._scope["method"] == "GET"
            and b"immutable" in _header(headers, b"cache-control")
            and _header(headers, b"content-type").startswith(_COMPRESSED)
            and _accepts_gzip(self._scope)
        )

    async def _finish(self, start: Message) -> None:
        body, headers = bytes(self._body), start["headers"]
        if self._is_document(start):
            body, policy = _document(body, _language(self._scope))
            # Our own pages, such as those of a phone, come with a stricter policy than this one.
            policy = _header(headers, b"content-security-policy") or policy
            headers = _without(headers, b"etag", b"last-modified", b"content-security-policy")
            headers.append((b"content-security-policy", policy))
        if _accepts_gzip(self._scope):
            body = await to_thread.run_sync(gzip.compress, body, 6)
            headers = [*headers, (b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]
        if not self._is_document(start):
            self._kept[self._scope["path"]] = (headers, body)
        await _answer(self._send, start["status"], headers, body)


def _document(body: bytes, language: Language) -> tuple[bytes, bytes]:
    """Give Streamlit's document its language, name and icon; and any document its policy."""
    page = body.decode("utf-8")
    if _STREAMLIT not in page:
        return body, _policy([])
    page = re.sub(
        r'<html lang="[^"]*">', f'<html lang="{language}" data-lang="{LANGUAGES[0]}">', page
    )
    page = re.sub(r"<title>.*?</title>", f"<title>{text('app.name', language)}</title>", page)
    page = re.sub(r'href="[^"]*favicon[^"]*"', f'href="{_ICON}"', page)
    script = text("app.needs_script", language)
    page = re.sub(r"<noscript>.*?</noscript>", f"<noscript>{script}</noscript>", page, flags=re.S)
    page = page.replace("<head>", f'<head>\n    <script src=".{SCRIPT_PATH}"></script>', 1)
    page = asking_ahead(page)
    inline = re.findall(r"<script>(.*?)</script>", page, re.S)
    return page.encode("utf-8"), _policy(inline)


def _policy(inline_scripts: list[str]) -> bytes:
    """Allow this server and nothing else; styles are written by Streamlit at run time."""
    digests = [hashlib.sha256(script.encode()).digest() for script in inline_scripts]
    hashes = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        "default-src 'self'; base-uri 'self'; object-src 'none'; form-action 'self'; "
        f"frame-ancestors 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
        "connect-src 'self'"
    ).encode()


def _language(scope: Scope) -> Language:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
    return next((known for known in LANGUAGES if known == asked), LANGUAGES[0])


def _accepts_gzip(scope: Scope) -> bool:
    headers = scope["headers"]
    return b"gzip" in _header(headers, b"accept-encoding") and not _header(headers, b"range")


def _header(headers: Headers, name: bytes) -> bytes:
    return next((value for key, value in headers if key.lower() == name), b"")


def _without(headers: Headers, *names: bytes) -> Headers:
    return [(key, value) for key, value in headers if key.lower() not in names]


def _with_fixed(headers: Headers) -> Headers:
    return [*_without(headers, *(name for name, _ in _FIXED)), *_FIXED]


async def _answer(send: Send, status: int, headers: Headers, body: bytes) -> None:
    sized = [*_without(headers, b"content-length"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": sized})
    await send({"type": "http.response.body", "body": body})
