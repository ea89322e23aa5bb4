"""Digest against the examples of RFC 7616, 2617 and 2069, with the corrections of erratum 4897."""

from __future__ import annotations

import pytest

from wireyard.domain.auth import DigestLogin
from wireyard.engine.refusal import SignInError
from wireyard.session.auth.challenges import challenges
from wireyard.session.auth.digest import authorization, choose, new_cnonce

MUFASA = DigestLogin(user="Mufasa", password="Circle of Life")
_NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
_OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
_CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


def said(login: DigestLogin, challenge: str, target: str, cnonce: str) -> dict[str, str]:
    """The parts of the answer to a challenge."""
    value = authorization(login, choose(challenges([challenge])), target, make_cnonce=lambda: cnonce)
    return challenges([value])[0].parameters


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_first_example_of_the_rfc(algorithm: str, response: str) -> None:
    challenge = (
        f'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={algorithm}, nonce="{_NONCE}", '
        f'opaque="{_OPAQUE}"'
    )
    value = authorization(MUFASA, choose(challenges([challenge])), "/dir/index.html", make_cnonce=lambda: _CNONCE)
    assert value == (
        'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", '
        f'algorithm={algorithm}, nonce="{_NONCE}", nc=00000001, cnonce="{_CNONCE}", qop=auth, '
        f'response="{response}", opaque="{_OPAQUE}"'
    )


def test_the_second_example_hashes_the_user_and_has_letters_beyond_ascii() -> None:
    answer = said(
        DigestLogin(user="Jäsøn Doe", password="Secret, or not?"),
        'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, '
        'nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", '
        'opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true',
        "/doe.json",
        "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
    )
    assert answer["username"] == "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"
    assert answer["response"] == "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"
    assert answer["userhash"] == "true"


def test_without_a_hash_such_a_name_is_spelled_out() -> None:
    login = DigestLogin(user="Jäsøn Doe", password="x")
    value = authorization(login, choose(challenges(["Digest realm=r, nonce=n"])), "/")
    assert "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, " in value


def test_the_example_of_rfc_2617() -> None:
    answer = said(
        DigestLogin(user="Mufasa", password="Circle Of Life"),
        'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
        "/dir/index.html",
        "0a4f113b",
    )
    assert answer["response"] == "6629fae49393a05397450978507c4ef1"


def test_a_server_of_rfc_2069_gets_no_count_and_no_nonce_of_ours() -> None:
    answer = said(
        DigestLogin(user="Mufasa", password="CircleOfLife"),
        'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
        "/dir/index.html",
        "x",
    )
    assert answer["response"] == "1949323746fe6a43ef61f9606e7febea"
    assert not answer.keys() & {"nc", "cnonce", "qop", "algorithm"}


def test_sess_takes_the_nonces_into_the_first_hash() -> None:
    challenge = 'Digest realm=r, nonce=n, algorithm=MD5-sess, qop="auth"'
    answer = said(DigestLogin(user="u", password="p"), challenge, "/x", "c")
    # By md5sum: of "u:r:p", of that and ":n:c", of "GET:/x", and of all with ":n:00000001:c:auth:" between.
    assert answer["response"] == "0223f74a821f39096c53860f14848b13"


def test_sess_without_a_quality_still_tells_its_nonce() -> None:
    answer = said(DigestLogin(user="u", password="p"), "Digest realm=r, nonce=n, algorithm=MD5-sess", "/x", "c")
    assert answer["cnonce"] == "c"
    assert "nc" not in answer


def test_the_first_challenge_that_is_known_is_answered() -> None:
    found = challenges(["Digest realm=r, nonce=1, algorithm=SHA3-256", "Digest realm=r, nonce=2, algorithm=SHA-256"])
    assert choose(found).parameters["nonce"] == "2"


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        (["Digest realm=r, nonce=n, algorithm=SHA3-256"], {"auth_fault": "digest_algorithm", "asked": "SHA3-256"}),
        (["Digest realm=r, algorithm=MD5"], {"auth_fault": "digest_challenge", "missing": "nonce"}),
        (["Digest realm=r, nonce=n, qop=token"], {"auth_fault": "digest_qop", "asked": "token"}),
        (["Basic realm=r", "Bearer"], {"auth_fault": "no_digest", "asked": "Basic, Bearer"}),
        ([], {"auth_fault": "no_digest", "asked": ""}),
    ],
)
def test_what_cannot_be_answered_is_named(lines: list[str], facts: dict[str, str]) -> None:
    with pytest.raises(SignInError) as raised:
        choose(challenges(lines))
    assert raised.value.facts == facts


def test_what_is_quoted_stays_what_it_was() -> None:
    login = DigestLogin(user='a"b\\c', password="p")
    assert said(login, 'Digest realm="x\\"y", nonce=n', "/", "c")["username"] == 'a"b\\c'


def test_no_nonce_comes_twice() -> None:
    assert len({new_cnonce() for _ in range(100)}) == 100
