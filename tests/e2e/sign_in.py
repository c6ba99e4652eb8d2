"""A small sign-in service (OpenID Connect) that signs in whoever a test says, without asking."""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "waardeweging", "a-secret-of-this-test"


@dataclass
class SignIn:
    """The service, and who it signs in next."""

    port: int = 0
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    nonces: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self, app: str, room: str) -> str:
        """Write what stands in ``secrets.toml`` of a server that uses this service."""
        return f"""[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "{secrets.token_hex(32)}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{self.url}/.well-known/openid-configuration"

[[staff]]
email = "anna@zwolle.test"
role = "facilitator"
workshop = "{room}"
"""

    async def about(self, _request: Request) -> Response:
        named = {"issuer": "", "authorization_endpoint": "/authorize", "token_endpoint": "/token"}
        named |= {"jwks_uri": "/keys"}
        return JSONResponse(
            {name: f"{self.url}{path}" for name, path in named.items()}
            | {"id_token_signing_alg_values_supported": ["RS256"]}
        )

    async def keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def authorize(self, request: Request) -> Response:
        asked = request.query_params
        code = secrets.token_hex(8)
        self.nonces[code] = asked["nonce"]
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", status_code=302)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 600}
        claims |= {"nonce": self.nonces.pop(str(form["code"]))} | self.claims
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        given = {"id_token": signed, "access_token": "x", "token_type": "Bearer", "expires_in": 600}
        return JSONResponse(given)


@contextmanager
def served() -> Iterator[SignIn]:
    """Serve it on a free port of this machine."""
    service = SignIn()
    routes = [
        Route("/.well-known/openid-configuration", service.about),
        Route("/keys", service.keys),
        Route("/authorize", service.authorize),
        Route("/token", service.token, methods=["POST"]),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    service.port = server.servers[0].sockets[0].getsockname()[1]
    yield service
    server.should_exit = True
    thread.join()
