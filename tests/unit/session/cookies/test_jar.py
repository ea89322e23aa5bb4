"""A jar gives each address its own cookies, in the order of RFC 6265 section 5.4, and is bounded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wireyard.domain.cookie import Cookie
from wireyard.session.cookies.jar import MAX_COOKIES, MAX_HEADER_BYTES, MAX_LINES, MAX_PER_DOMAIN, Jar


class Clock:
    def __init__(self) -> None:
        self.now_s = 1_700_000_000.0

    def __call__(self) -> float:
        self.now_s += 0.001
        return self.now_s


def took(jar: Jar, *lines: str, host: str = "h.example", target: str = "/", secure: bool = True) -> list[str]:
    return [each.fate for each in jar.take(lines, secure=secure, host=host, target=target)]


def sent(jar: Jar, host: str = "h.example", target: str = "/", *, secure: bool = True) -> str:
    pairs = jar.cookies_for(secure=secure, host=host, target=target)
    return "; ".join(f"{name}={value}" for name, value in pairs)


def test_longer_paths_first_then_the_older_one() -> None:
    jar = Jar(clock=Clock())
    took(jar, "late=1; Path=/", "deep=2; Path=/a/b", "mid=3; Path=/a", "last=4; Path=/")
    assert sent(jar, target="/a/b/c") == "deep=2; mid=3; late=1; last=4"
    assert sent(jar, target="/x") == "late=1; last=4"


def test_a_cookie_set_again_keeps_its_place() -> None:
    jar = Jar(clock=Clock())
    took(jar, "a=1", "b=1", "a=2")
    assert sent(jar) == "a=2; b=1"


def test_only_the_host_itself_or_those_below_its_domain() -> None:
    jar = Jar()
    took(jar, "own=1", "all=2; Domain=h.example")
    assert sent(jar, "H.Example.") == "own=1; all=2"
    assert sent(jar, "v2.h.example") == "all=2"
    assert sent(jar, "evilh.example") == ""
    assert sent(jar, "example") == ""


def test_secure_ones_go_over_tls_only() -> None:
    jar = Jar()
    took(jar, "s=1; Secure", "p=2")
    assert sent(jar, secure=False) == "p=2"
    assert sent(jar) == "s=1; p=2"


def test_what_was_set_over_tls_is_not_replaced_without() -> None:
    jar = Jar()
    took(jar, "s=1; Secure")
    (outcome,) = jar.take(["s=evil"], secure=False, host="h.example", target="/")
    assert (outcome.fate, "over TLS" in outcome.why) == ("refused", True)
    assert sent(jar) == "s=1"


def test_a_port_makes_no_difference_and_a_past_date_deletes() -> None:
    jar = Jar()
    took(jar, "a=1")
    assert took(jar, "a=; Max-Age=0", "none=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT") == ["deleted", "deleted"]
    assert jar.cookies == ()


def test_what_runs_out_is_gone() -> None:
    clock = Clock()
    jar = Jar(clock=clock)
    took(jar, "a=1; Max-Age=10", "b=1")
    clock.now_s += 11
    assert sent(jar) == "b=1"
    assert [cookie.name for cookie in jar.cookies] == ["b"]


def test_one_answer_sets_no_more_than_some() -> None:
    jar = Jar()
    outcomes = jar.take([f"c{n}=1" for n in range(500)], secure=True, host="h.example", target="/")
    assert len(jar.cookies) == MAX_LINES
    assert (outcomes[-1].fate, outcomes[-1].name) == ("refused", "450 more")


def test_one_host_fills_only_its_own_room() -> None:
    jar = Jar(clock=Clock())
    took(jar, "mine=1", host="other.example")
    for start in range(0, 500, 50):
        took(jar, *(f"c{n}=1" for n in range(start, start + 50)))
    names = [cookie.name for cookie in jar.cookies if cookie.domain == "h.example"]
    assert len(names) == MAX_PER_DOMAIN
    assert "c499" in names
    assert "c0" not in names
    assert sent(jar, "other.example") == "mine=1"


def test_the_whole_jar_is_bounded() -> None:
    jar = Jar([Cookie(name="a", domain=f"h{n}.example", created_s=n) for n in range(MAX_COOKIES + 5)])
    assert len(jar.cookies) == MAX_COOKIES


def test_the_header_stays_within_what_servers_take() -> None:
    jar = Jar(clock=Clock())
    took(jar, *(f"c{n:02}={'x' * 4000}" for n in range(10)))
    assert len(sent(jar)) <= MAX_HEADER_BYTES
    assert sent(jar).startswith("c00=")


def test_a_person_may_write_any_cookie_and_rename_it() -> None:
    jar = Jar()
    told: list[int] = []
    jar.on_change = lambda: told.append(1)
    first = Cookie(name="a", value="1", domain="h.example")
    jar.put(first)
    jar.put(Cookie(name="b", value="1", domain="h.example"), instead_of=jar.cookies[0])
    assert sent(jar) == "b=1"
    jar.remove(jar.cookies)
    assert sent(jar) == ""
    assert len(told) == 3


def test_neither_a_cookie_nor_a_jar_shows_values() -> None:
    jar = Jar([Cookie(name="a", value="hush", domain="h")])
    assert "hush" not in repr(jar)
    assert "hush" not in repr(jar.cookies)


def test_a_name_that_can_t_be_shown_is_made_so() -> None:
    (outcome,) = Jar().take(["a\x1bb=1"], secure=True, host="h", target="/")
    assert outcome.name == "a\ufffdb"


@given(st.lists(st.text(st.characters(max_codepoint=255), max_size=40), max_size=60))
def test_whatever_a_server_sets_the_header_can_be_sent(lines: list[str]) -> None:
    jar = Jar()
    outcomes = jar.take(lines, secure=True, host="h.example", target="/")
    assert len(outcomes) == min(len(lines), MAX_LINES) + (len(lines) > MAX_LINES)
    header = sent(jar)
    assert not any(char < " " and char != "\t" for char in header)
    header.encode("latin-1")
