"""The options that say how to connect, spelled as curl spells them: for ``record``, ``probe`` and the window."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec
from msgspec.structs import replace

from wireyard.domain.cookie import Cookie
from wireyard.domain.ports import CookieJar
from wireyard.domain.request import ConnectRequest, HostAddress, Network, Proxy

F = TypeVar("F", bound=Callable[..., Any])

MAX_REDIRECTS = 10
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

_OPTIONS = (
    click.option("-H", "--header", "headers", multiple=True, metavar="'NAME: VALUE'",
                 help="Send this header. 'NAME:' sends none of that name, 'NAME;' an empty one."),
    click.option("-u", "--user", metavar="USER:PASSWORD", help="Sign in, by HTTP Basic unless --digest is given."),
    click.option("--basic", is_flag=True, help="With -u: by Basic, which is what is done without it too."),
    click.option("--digest", is_flag=True, help="With -u: answer the server's Digest challenge."),
    click.option("--oauth2-bearer", "bearer", metavar="TOKEN", help="Send this bearer token."),
    click.option("-b", "--cookie", "cookies", multiple=True, metavar="'NAME=VALUE; …'|FILE",
                 help="Send these cookies, or those of a cookies.txt that are for the address; '': start with none."),
    click.option("--subprotocol", "subprotocols", multiple=True, metavar="P", help="Offer this subprotocol."),
    click.option("-k", "--insecure", is_flag=True, help="Don't check the server's certificate."),
    click.option("--cacert", type=_FILE, metavar="FILE", help="Trust the certificates in FILE (PEM) as well."),
    click.option("-E", "--cert", type=_FILE, metavar="FILE", help="Show the client certificate in FILE."),
    click.option("--key", type=_FILE, metavar="FILE", help="Its private key, where FILE of --cert has none."),
    click.option("--pass", "key_password", metavar="PHRASE", help="The passphrase of the key."),
    click.option("--tlsv1.2", "tls12", is_flag=True, help="Use TLS 1.2 or later."),
    click.option("--tlsv1.3", "tls13", is_flag=True, help="Use TLS 1.3 or later."),
    click.option("--pin", metavar="SHA256", help="Take only the certificate with this fingerprint."),
    click.option("--server-name", metavar="NAME", help="Ask for NAME in TLS, and check the certificate for it."),
    click.option("--no-alpn", is_flag=True, help="Offer no protocol in TLS."),
    click.option("--no-compression", is_flag=True, help="Don't offer permessage-deflate."),
    click.option("-x", "--proxy", metavar="[SCHEME://][USER:PASSWORD@]HOST[:PORT]",
                 help="Go through this proxy: http, socks4, socks4a, socks5 or socks5h; empty: through none."),
    click.option("--noproxy", metavar="HOSTS", help="Reach these hosts without a proxy; '*': all."),
    click.option("--resolve", "resolve", multiple=True, metavar="HOST:PORT:ADDRESS",
                 help="Connect to ADDRESS in place of looking HOST up."),
    click.option("--unix-socket", type=click.Path(), metavar="PATH", help="Connect to a Unix socket."),
    click.option("-4", "--ipv4", "ipv4", is_flag=True, help="Use IPv4 addresses only."),
    click.option("-6", "--ipv6", "ipv6", is_flag=True, help="Use IPv6 addresses only."),
    click.option("-L", "--location", is_flag=True, help=f"Follow redirects, up to {MAX_REDIRECTS}."),
    click.option("--max-redirs", type=click.IntRange(min=0), metavar="N", help="With -L: follow up to N."),
    click.option("--connect-timeout", type=click.FloatRange(min=0), metavar="S",
                 help="Give up connecting after S seconds; 0: never."),
    click.option("--max-size", type=click.IntRange(min=0), metavar="BYTES",
                 help="Refuse larger messages; 0: take any size."),
)  # fmt: skip


def connect_options(function: F) -> F:
    """Add them all."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


class ConnectOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The options as they were given. The command's arguments may hold secrets: there is no repr."""

    headers: Sequence[str] = ()
    user: str | None = None
    basic: bool = False
    digest: bool = False
    bearer: str | None = None
    cookies: Sequence[str] = ()
    subprotocols: Sequence[str] = ()
    insecure: bool = False
    cacert: Path | None = None
    cert: Path | None = None
    key: Path | None = None
    key_password: str | None = None
    tls12: bool = False
    tls13: bool = False
    pin: str | None = None
    server_name: str | None = None
    no_alpn: bool = False
    no_compression: bool = False
    proxy: str | None = None
    noproxy: str | None = None
    resolve: Sequence[str] = ()
    unix_socket: str | None = None
    ipv4: bool = False
    ipv6: bool = False
    location: bool = False
    max_redirs: int | None = None
    connect_timeout: float | None = None
    max_size: int | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def header_pairs(self) -> tuple[tuple[str, str], ...]:
        """The headers that are to be sent, with those of signing in and of ``-b``. Raises `click.UsageError`."""
        pairs = self.own_headers()
        if self.bearer is not None:
            pairs.append(("Authorization", f"Bearer {self.bearer}"))
        elif self.user is not None and not self.digest:
            login = base64.b64encode(":".join(self.login_pair()).encode()).decode()
            pairs.append(("Authorization", f"Basic {login}"))
        return (*pairs, *self.cookie_headers())

    def own_headers(self) -> list[tuple[str, str]]:
        """Those of ``-H`` alone. Raises `click.UsageError`."""
        self._check_login()
        return [pair for pair in map(header, self.headers) if pair is not None]

    def cookie_headers(self) -> list[tuple[str, str]]:
        """The header of what ``-b`` said but for files: one, or none."""
        typed = [each.strip().removesuffix(";") for each in self.cookies if "=" in each]
        return [("Cookie", "; ".join(typed))] if typed else []

    def login_pair(self) -> tuple[str, str]:
        """User name and password of ``-u``; a password that is missing is asked for."""
        user, _, password = _with_password(self.user or "").partition(":")
        return user, password

    def _check_login(self) -> None:
        if (self.basic or self.digest) and self.user is None:
            raise click.UsageError(f"{'--basic' if self.basic else '--digest'} goes with -u.")
        if self.basic and self.digest:
            raise click.UsageError("--basic and --digest exclude each other.")
        if self.bearer is not None and self.user is not None:
            raise click.UsageError("--oauth2-bearer and -u exclude each other.")

    def _login(self, request: ConnectRequest) -> ConnectRequest:
        """What was given stands in the place of how the request would sign in."""
        if self.digest:
            from wireyard.domain.auth import DigestLogin

            user, password = self.login_pair()
            headers = tuple(pair for pair in request.headers if pair[0].casefold() != "authorization")
            return replace(request, headers=headers, login=DigestLogin(user=user, password=password))
        is_given = self.bearer is not None or self.user is not None
        own = (name for name, _ in self.own_headers())
        if is_given or any(name.casefold() == "authorization" for name in (*own, *self.removed_headers())):
            return replace(request, login=None)
        return request

    @property
    def cookie_files(self) -> tuple[str, ...]:
        """What ``-b`` said of files; an empty name stands for none, as in curl."""
        return tuple(each for each in self.cookies if "=" not in each)

    def jar(self) -> CookieJar | None:
        """The cookies of the files, for this run in place of those that are kept. Raises `click.UsageError`."""
        if not self.cookie_files:
            return None
        from wireyard.session.cookies.jar import Jar  # not needed for --help

        return Jar(cookie for name in self.cookie_files if name for cookie in _cookies_in(name))

    def removed_headers(self) -> tuple[str, ...]:
        """The names of those that are not."""
        return tuple(line.strip()[:-1].strip() for line in self.headers if header(line) is None)

    def secrets(self) -> tuple[str, ...]:
        """What is never to be said."""
        found = [self.key_password or "", self.bearer or ""]
        if self.proxy:
            found.append(_parsed_proxy(self.proxy).password)
        if self.user is not None:
            found.append(self.user.partition(":")[2])
        return tuple(secret for secret in found if secret)

    def applied_to(self, request: ConnectRequest) -> ConnectRequest:
        """The request with what was given, but for headers that are sent, in place of its own.

        Raises `click.UsageError`.
        """
        removed = self.removed_headers()
        gone = {name.casefold() for name in removed}
        request = replace(
            request,
            headers=tuple(pair for pair in request.headers if pair[0].casefold() not in gone),
            removed_headers=(*request.removed_headers, *removed),
            subprotocols=tuple(self.subprotocols) or request.subprotocols,
            network=self.network(request.network),
            proxy=self.through(request.proxy),
        )
        jar = self.jar()
        if jar is not None:
            request = replace(request, jar=jar, network=replace(request.network, cookies=True))
        return self._with_tls(self._login(request))

    def _with_tls(self, request: ConnectRequest) -> ConnectRequest:
        tls = request.tls
        if self.insecure:
            tls = replace(tls, verify=False)
        if self.cacert is not None:
            tls = replace(tls, ca_file=str(self.cacert.absolute()))
        if self.cert is not None:
            tls = replace(tls, client_certificate=str(self.cert.absolute()), client_key="", client_key_password="")
        if self.key is not None:
            tls = replace(tls, client_key=str(self.key.absolute()))
        if self.key_password is not None:
            tls = replace(tls, client_key_password=self.key_password)
        if self.tls12 or self.tls13:
            tls = replace(tls, minimum_version="1.3" if self.tls13 else "1.2")
        if self.pin is not None:
            tls = replace(tls, pinned_sha256=self.pin)
        if self.server_name is not None:
            tls = replace(tls, server_name=self.server_name)
        if self.no_alpn:
            tls = replace(tls, alpn=())
        return replace(request, tls=tls)

    def network(self, network: Network) -> Network:
        """How the server is then reached. Raises `click.UsageError`."""
        if self.ipv4 and self.ipv6:
            raise click.UsageError("-4 and -6 exclude each other.")
        if self.connect_timeout is not None:
            network = replace(network, open_timeout_s=self.connect_timeout or None)
        if self.max_size is not None:
            network = replace(network, max_message_bytes=self.max_size or None)
        if self.no_compression:
            network = replace(network, compression=False)
        if self.ipv4 or self.ipv6:
            network = replace(network, ip_version="4" if self.ipv4 else "6")
        if self.resolve:
            network = replace(network, resolve=tuple(map(_host_address, self.resolve)))
        if self.unix_socket is not None:
            network = replace(network, unix_socket=self.unix_socket)
        if self.location:
            most = MAX_REDIRECTS if self.max_redirs is None else self.max_redirs
            network = replace(network, max_redirects=most)
        return network

    def through(self, proxy: Proxy) -> Proxy:
        """Through whom. Raises `click.UsageError`."""
        if self.proxy is not None:
            proxy = _parsed_proxy(self.proxy) if self.proxy.strip() else Proxy(mode="none")
        if self.noproxy is not None:
            from wireyard.engine.bypass import split_bypass  # not needed for --help

            proxy = replace(proxy, bypass=split_bypass(self.noproxy))
        return proxy


def header(line: str) -> tuple[str, str] | None:
    """One header as it was given, None for one that is not to be sent. Raises `click.UsageError`."""
    name, colon, value = line.partition(":")
    if not colon and line.rstrip().endswith(";"):
        name, colon, value = line.rstrip()[:-1], ":", " "
    if not colon or not name.strip():
        raise click.BadParameter(f"“{name.strip()}” is not of the form 'Name: value'.", param_hint="-H")
    return (name.strip(), value.strip()) if value else None


def _with_password(user: str) -> str:
    if ":" in user:
        return user
    if not sys.stdin.isatty():
        raise click.BadParameter("It is given as USER:PASSWORD.", param_hint="-u")
    return f"{user}:{click.prompt(f'Password of {user}', hide_input=True, err=True, default='', show_default=False)}"


def _cookies_in(name: str) -> list[Cookie]:
    from wireyard.session.cookies.netscape import read_cookie_file

    try:
        return read_cookie_file(Path(name).read_text("latin-1"))
    except OSError as error:
        words = f"“{name}” is neither NAME=VALUE nor a file that can be read: {error.strerror or error}."
        raise click.BadParameter(words, param_hint="-b") from error
    except ValueError as error:
        raise click.BadParameter(f"{name}: {error}", param_hint="-b") from error


def _parsed_proxy(text: str) -> Proxy:
    from wireyard.engine.proxy_address import ProxyAddressError, parse_proxy  # not needed for --help

    try:
        return parse_proxy(text)
    except ProxyAddressError as error:
        raise click.BadParameter(str(error), param_hint="-x") from error


def _host_address(text: str) -> HostAddress:
    """``HOST:PORT:ADDRESS[,ADDRESS]``, IPv6 addresses in brackets or without."""
    host, _, rest = text.removeprefix("+").partition(":")
    port, _, addresses = rest.partition(":")
    from wireyard.engine.hostname import ip_text  # not needed for --help

    numbers = tuple(each.strip().removeprefix("[").removesuffix("]") for each in addresses.split(","))
    is_port = port.isascii() and port.isdigit() and len(port) < 6 and int(port) < 65536
    if not host or not is_port or not all(map(ip_text, numbers)):
        raise click.BadParameter("It is given as HOST:PORT:ADDRESS, with an IP address.", param_hint="--resolve")
    return HostAddress(host=host, port=int(port), addresses=numbers)
