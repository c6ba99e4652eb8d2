"""Where somebody comes who signed in: at the desk, for only staff signs in here."""

from __future__ import annotations

from urllib.parse import urlsplit

from waardeweging.app.shell import App, Message, Receive, Scope, Send

CALLBACK = "/oauth2callback"
DESK = b"/facilitator"


class AfterSignIn:
    """Middleware that leads from the sign-in service to the desk; Streamlit leads to the start.

    Parameters
    ----------
    app : ASGI application
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the way back from a sign-in gets another goal."""
        if scope["type"] != "http" or not scope["path"].endswith(CALLBACK):
            await self._app(scope, receive, send)
            return

        async def led(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [_to_desk(*one) for one in message["headers"]]
            await send(message)

        await self._app(scope, receive, led)


def _to_desk(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    is_start = name.lower() == b"location" and not urlsplit(value.decode()).path.strip("/")
    return (name, DESK) if is_start else (name, value)
