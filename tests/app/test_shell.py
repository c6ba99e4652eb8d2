import asyncio
import gzip
import re
from collections.abc import Sequence
from typing import Any

from waardeweging.app.shell import Shell
from waardeweging.presentation.catalog import text

PAGE = b"""<!DOCTYPE html>
<html lang="en"><head><link rel="shortcut icon" href="./favicon.png" /><title>Streamlit</title>
<script>window.prerenderReady = false</script></head>
<body><noscript>English</noscript><div id="root"></div></body></html>"""
Headers = Sequence[tuple[bytes, bytes]]
FOREVER = b"public, immutable, max-age=31536000"


class Inside:
    """An application that gives one answer and remembers what it was asked."""

    def __init__(self, body: bytes, kind: bytes, cache: bytes = b"no-cache") -> None:
        self.body, self.kind, self.cache = body, kind, cache
        self.asked: list[dict[str, Any]] = []

    async def __call__(self, scope, receive, send) -> None:
        self.asked.append(scope)
        headers = [(b"content-type", self.kind), (b"cache-control", self.cache), (b"etag", b"x")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        half = len(self.body) // 2
        first = {"type": "http.response.body", "body": self.body[:half], "more_body": True}
        await send(first)
        await send({"type": "http.response.body", "body": self.body[half:]})


def ask(shell: Shell, path: str = "/", query: str = "", headers: Headers = (), method="GET"):
    sent: list[dict[str, Any]] = []

    async def send(message) -> None:
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": list(headers),
    }
    asyncio.run(shell(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return dict(sent[0]["headers"]), body


GZIP = [(b"accept-encoding", b"gzip, br")]


def test_a_document_is_dutch_unless_its_address_asks_for_another_language():
    shell = Shell(Inside(PAGE, b"text/html; charset=utf-8"))

    assert b'<html lang="nl"' in ask(shell)[1]
    assert b'<html lang="en"' in ask(shell, query="lang=en")[1]
    assert b'<html lang="nl"' in ask(shell, query="lang=%22%3E%3Cscript%3E")[1]


def test_a_document_carries_our_name_script_and_words():
    _, body = ask(Shell(Inside(PAGE, b"text/html")))
    page = body.decode()

    assert "<title>waardeweging</title>" in page
    assert page.index("shell.js") < page.index("prerenderReady")
    assert text("app.needs_script", "nl") in page
    assert "favicon.png" not in page


def test_the_policy_allows_this_server_and_the_one_inline_script_only():
    headers, _ = ask(Shell(Inside(PAGE, b"text/html")))
    policy = headers[b"content-security-policy"].decode()

    scripts = re.search("script-src ([^;]*)", policy)
    assert scripts is not None
    assert re.fullmatch(r"'self' 'sha256-[\w+/=]{44}'", scripts[1])
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


def test_every_answer_carries_the_safety_headers():
    headers, _ = ask(Shell(Inside(b"{}", b"application/json")))

    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"x-frame-options"] == b"DENY"
    assert headers[b"referrer-policy"] == b"no-referrer"


def test_another_document_keeps_its_own_words_and_gets_a_policy():
    page = b"<html lang='fy'><title>Stimbriefke</title></html>"
    headers, body = ask(Shell(Inside(page, b"text/html")))

    assert body == page
    assert b"content-security-policy" in headers


def test_a_document_is_compressed_for_who_can_read_that():
    headers, body = ask(Shell(Inside(PAGE, b"text/html")), headers=GZIP)

    assert headers[b"content-encoding"] == b"gzip"
    assert int(headers[b"content-length"]) == len(body)
    assert b"shell.js" in gzip.decompress(body)


def test_a_script_is_compressed_once_and_kept():
    inside = Inside(b"let x = 1;" * 200, b"text/javascript", FOREVER)
    shell = Shell(inside)
    first = ask(shell, "/static/js/a.js", headers=GZIP)
    again = ask(shell, "/static/js/a.js", headers=GZIP)

    assert gzip.decompress(first[1]) == inside.body
    assert first == again
    assert len(inside.asked) == 1


def test_who_cannot_read_gzip_gets_the_script_as_it_is():
    inside = Inside(b"let x = 1;" * 200, b"text/javascript", FOREVER)
    shell = Shell(inside)
    ask(shell, "/static/js/a.js", headers=GZIP)
    headers, body = ask(shell, "/static/js/a.js")

    assert body == inside.body
    assert b"content-encoding" not in headers


def test_a_script_that_may_change_is_never_kept():
    inside = Inside(b"let x = 1;", b"text/javascript", b"no-cache")
    shell = Shell(inside)
    for _ in range(2):
        ask(shell, "/shell.js", headers=GZIP)

    assert len(inside.asked) == 2


def test_websockets_pass_untouched():
    seen = []

    async def inside(scope, receive, send) -> None:
        seen.append((scope, receive, send))

    scope = {"type": "websocket", "path": "/_stcore/stream"}
    asyncio.run(Shell(inside)(scope, print, len))

    assert seen == [(scope, print, len)]
