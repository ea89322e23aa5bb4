"""Files of cookies as curl writes them."""

from __future__ import annotations

import pytest

from wireyard.session.cookies.netscape import read_cookie_file

FILE = """# Netscape HTTP Cookie File
# https://curl.se/docs/http-cookies.html

#HttpOnly_.shop.example\tTRUE\t/v2\tTRUE\t1792567680\tsid\tabc
127.0.0.1\tFALSE\t/\tFALSE\t0\tempty\t
"""


def test_every_field_is_read() -> None:
    sid, empty = read_cookie_file(FILE)
    assert (sid.name, sid.value, sid.domain, sid.path) == ("sid", "abc", "shop.example", "/v2")
    assert (sid.host_only, sid.secure, sid.http_only, sid.expires_s) == (False, True, True, 1792567680.0)
    assert (empty.value, empty.host_only, empty.expires_s) == ("", True, None)


@pytest.mark.parametrize("line", ["a=1", "h\tTRUE\tno\tTRUE\t0\ta\tb", "h\tTRUE\t/\tTRUE\tsoon\ta\tb"])
def test_a_line_that_is_none_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="Line 2 "):
        read_cookie_file(f"# c\n{line}\n")
