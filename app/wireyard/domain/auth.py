"""How one signs in where more than a header is needed: by answering the server, or with a token that is asked for."""

from __future__ import annotations

from typing import Literal

import msgspec

Grant = Literal["client_credentials", "password", "authorization_code"]
ClientAuth = Literal["basic", "post"]


class DigestLogin(msgspec.Struct, frozen=True, kw_only=True, tag="digest"):
    """User name and password that answer a challenge (RFC 7616)."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"DigestLogin(user={self.user!r}, …)"


class OAuthLogin(msgspec.Struct, frozen=True, kw_only=True, tag="oauth2"):
    """What a token is asked for with (RFC 6749). Equal ones share their token.

    ``client_auth`` says whether the client's name and secret go along as Basic or in the form; without a secret the
    client is public and its name is in the form. ``extra`` goes along to both addresses. The token is sent as a Bearer
    (RFC 6750), or with ``query_name`` as a parameter of that name.
    """

    grant: Grant
    token_url: str
    authorization_url: str = ""
    client_id: str = ""
    client_secret: str = ""
    client_auth: ClientAuth = "basic"
    user: str = ""
    password: str = ""
    scope: str = ""
    audience: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    query_name: str = ""

    def __repr__(self) -> str:
        return f"OAuthLogin(grant={self.grant!r}, token_url={self.token_url!r}, …)"


Login = DigestLogin | OAuthLogin
