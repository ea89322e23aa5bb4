"""Built-in values, ``{{$name}}``: made anew each time, from a seed where the same ones are wanted again.

Each is a plain function of the arguments that stand after the name. Nothing in a text is ever evaluated.
"""

from __future__ import annotations

import base64
import random
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from wireyard.workspace.variables import words
from wireyard.workspace.variables.errors import BadArgument, NoFact

MAX_CHARS = 100_000
_NS = 1_000_000_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_WHOLE = "whole numbers"


class DynamicValue(msgspec.Struct, frozen=True):
    """What is told of a built-in value. ``arguments`` is how they are written, empty where it takes none."""

    name: str
    help: str
    example: str
    arguments: str = ""


class Dynamic:
    """Gives the built-in values. The same seed and clock give the same values in the same order.

    ``clock`` gives nanoseconds since 1970. ``facts`` are values that only the program around knows, by name with its
    ``$``; the mapping is asked each time, so it may change.
    """

    def __init__(
        self,
        seed: int | None = None,
        clock: Callable[[], int] = time.time_ns,
        facts: Mapping[str, str] | None = None,
    ) -> None:
        self.random = random.Random(seed)
        self.clock = clock
        self._facts: Mapping[str, str] = {} if facts is None else facts
        self._counts: dict[int, int] = {}

    def value(self, name: str, arguments: tuple[str, ...] = ()) -> str:
        """The value of ``$name`` now. Raises `BadArgument` or `NoFact`."""
        make = _MAKERS.get(name)
        if make is not None:
            return make(self, _Arguments(name, arguments))
        fact = self._facts.get(name)
        if fact:
            return fact
        if name in _FACTS:
            raise NoFact(name, f"“{name}” has no value now: {_FACTS[name]}.")
        raise NoFact(name, f"“{name}” is not one of the built-in values.")

    def rehearsal(self) -> Dynamic:
        """Another that gives the same values next; what it gives is not gone from this one."""
        other = Dynamic(None, self.clock, self._facts)
        other.random.setstate(self.random.getstate())
        other._counts = dict(self._counts)
        return other

    def count(self, start: int) -> int:
        """Count up from ``start``, for each start by itself."""
        number = self._counts.get(start, start)
        self._counts[start] = number + 1
        return number

    def pick(self, choices: tuple[str, ...] | str) -> str:
        """One of these."""
        return self.random.choice(choices)

    def chars(self, alphabet: str, size: int) -> str:
        """So many characters of an alphabet."""
        return "".join(self.random.choices(alphabet, k=size))


class _Arguments:
    """What stands after the name, with the words for what is wrong with it."""

    def __init__(self, name: str, given: tuple[str, ...]) -> None:
        self._name = name
        self.given = given

    def none(self) -> None:
        """Nothing may stand there."""
        if self.given:
            raise BadArgument(self._name, "nothing after its name")

    def size(self, default: int, smallest: int = 0, largest: int = MAX_CHARS) -> int:
        """How many: one whole number."""
        wanted = f"one whole number from {smallest:,} to {largest:,}"
        if len(self.given) > 1:
            raise BadArgument(self._name, wanted)
        number = self._whole(self.given[0], wanted) if self.given else default
        if not smallest <= number <= largest:
            raise BadArgument(self._name, wanted)
        return number

    def whole(self, default: int, wanted: str) -> int:
        """One whole number."""
        if len(self.given) > 1:
            raise BadArgument(self._name, wanted)
        return self._whole(self.given[0], wanted) if self.given else default

    def span(self, first: int, last: int) -> tuple[int, int]:
        """A smallest and a largest whole number; one alone is the largest."""
        wanted = "a smallest and a largest whole number"
        numbers = [self._whole(text, wanted) for text in self.given]
        if len(numbers) > 2:
            raise BadArgument(self._name, wanted)
        if len(numbers) == 1:
            first, last = min(0, numbers[0]), numbers[0]
        elif numbers:
            first, last = numbers
        if first > last:
            raise BadArgument(self._name, wanted)
        return first, last

    def decimals(self, first: float, last: float, digits: int) -> tuple[float, float, int]:
        """A smallest and a largest number, and how many digits behind the point."""
        wanted = "a smallest and a largest number, and how many digits stand behind the point"
        if len(self.given) not in (0, 2, 3):
            raise BadArgument(self._name, wanted)
        try:
            if len(self.given) > 1:
                first, last = float(self.given[0]), float(self.given[1])
            if len(self.given) > 2:
                digits = int(self.given[2])
        except ValueError as error:
            raise BadArgument(self._name, wanted) from error
        if not (-1e15 <= first <= last <= 1e15 and 0 <= digits <= 15):
            raise BadArgument(self._name, wanted)
        return first, last, digits

    def some(self) -> tuple[str, ...]:
        """At least one word."""
        if not self.given:
            raise BadArgument(self._name, "the words to choose from, with blanks between them")
        return self.given

    def _whole(self, text: str, wanted: str) -> int:
        if len(text) > 19:
            raise BadArgument(self._name, wanted)
        try:
            return int(text)
        except ValueError as error:
            raise BadArgument(self._name, wanted) from error


_Maker = Callable[[Dynamic, _Arguments], str]
_SECONDS = "a number of seconds to add, such as 3600 or -60"


def _uuid4(dynamic: Dynamic, arguments: _Arguments) -> str:
    arguments.none()
    return str(uuid.UUID(int=dynamic.random.getrandbits(128), version=4))


def _uuid7(dynamic: Dynamic, arguments: _Arguments) -> str:
    arguments.none()
    # RFC 9562 section 5.7: 48 bits of milliseconds, then chance around version and variant.
    ms = (dynamic.clock() // 1_000_000) & (2**48 - 1)
    number = ms << 80 | 7 << 76 | dynamic.random.getrandbits(12) << 64 | 2 << 62 | dynamic.random.getrandbits(62)
    return str(uuid.UUID(int=number))


def _seconds(dynamic: Dynamic, arguments: _Arguments) -> str:
    return str(dynamic.clock() // _NS + arguments.whole(0, _SECONDS))


def _milliseconds(dynamic: Dynamic, arguments: _Arguments) -> str:
    return str(dynamic.clock() // 1_000_000 + 1000 * arguments.whole(0, _SECONDS))


def _moment(dynamic: Dynamic, arguments: _Arguments) -> datetime:
    ns = dynamic.clock()
    moment = datetime.fromtimestamp(ns // _NS, UTC) + timedelta(microseconds=ns % _NS // 1000)
    try:
        return moment + timedelta(seconds=arguments.whole(0, _SECONDS))
    except OverflowError as error:
        raise BadArgument("$isoTimestamp", _SECONDS) from error


def _iso_timestamp(dynamic: Dynamic, arguments: _Arguments) -> str:
    return _moment(dynamic, arguments).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _iso_date(dynamic: Dynamic, arguments: _Arguments) -> str:
    return _moment(dynamic, arguments).strftime("%Y-%m-%d")


def _random_int(dynamic: Dynamic, arguments: _Arguments) -> str:
    return str(dynamic.random.randint(*arguments.span(0, 1000)))


def _random_float(dynamic: Dynamic, arguments: _Arguments) -> str:
    first, last, digits = arguments.decimals(0, 1, 6)
    return f"{dynamic.random.uniform(first, last):.{digits}f}"


def _price(dynamic: Dynamic, arguments: _Arguments) -> str:
    first, last, digits = arguments.decimals(1, 1000, 2)
    return f"{dynamic.random.uniform(first, last):.{digits}f}"


def _hex(dynamic: Dynamic, arguments: _Arguments) -> str:
    return dynamic.random.randbytes(arguments.size(16)).hex()


def _base64(dynamic: Dynamic, arguments: _Arguments) -> str:
    return base64.b64encode(dynamic.random.randbytes(arguments.size(16))).decode("ascii")


def _of(alphabet: str, default: int) -> _Maker:
    return lambda dynamic, arguments: dynamic.chars(alphabet, arguments.size(default))


def _one_of(choices: tuple[str, ...]) -> _Maker:
    def make(dynamic: Dynamic, arguments: _Arguments) -> str:
        arguments.none()
        return dynamic.pick(choices)

    return make


def _choice(dynamic: Dynamic, arguments: _Arguments) -> str:
    return dynamic.pick(arguments.some())


def _counter(dynamic: Dynamic, arguments: _Arguments) -> str:
    return str(dynamic.count(arguments.whole(1, "a whole number to begin with")))


def _full_name(dynamic: Dynamic, arguments: _Arguments) -> str:
    arguments.none()
    return f"{dynamic.pick(words.FIRST_NAMES)} {dynamic.pick(words.LAST_NAMES)}"


def _user_name(dynamic: Dynamic, arguments: _Arguments) -> str:
    arguments.none()
    return f"{dynamic.pick(words.FIRST_NAMES).lower()}_{dynamic.pick(words.WORDS)}{dynamic.random.randint(1, 99)}"


def _email(dynamic: Dynamic, arguments: _Arguments) -> str:
    arguments.none()
    name = f"{dynamic.pick(words.FIRST_NAMES)}.{dynamic.pick(words.LAST_NAMES)}".lower()
    # RFC 2606: nobody has these.
    return f"{name}@example.{dynamic.pick(('com', 'net', 'org'))}"


def _domain(dynamic: Dynamic, arguments: _Arguments) -> str:
    arguments.none()
    return f"{dynamic.pick(words.WORDS)}.example.{dynamic.pick(('com', 'net', 'org'))}"


def _coordinate(largest: int) -> _Maker:
    def make(dynamic: Dynamic, arguments: _Arguments) -> str:
        arguments.none()
        return f"{dynamic.random.uniform(-largest, largest):.6f}"

    return make


def _ip(dynamic: Dynamic, arguments: _Arguments) -> str:
    arguments.none()
    # RFC 5737: addresses for examples.
    return f"{dynamic.pick(('192.0.2', '198.51.100', '203.0.113'))}.{dynamic.random.randint(1, 254)}"


def _ipv6(dynamic: Dynamic, arguments: _Arguments) -> str:
    arguments.none()
    # RFC 3849: addresses for examples. No group is 0, so there is nothing to shorten.
    groups = [f"{dynamic.random.randint(1, 0xFFFF):x}" for _ in range(6)]
    return f"2001:db8:{':'.join(groups)}"


def _port(dynamic: Dynamic, arguments: _Arguments) -> str:
    arguments.none()
    return str(dynamic.random.randint(1024, 65535))


def _words(dynamic: Dynamic, arguments: _Arguments) -> str:
    return " ".join(dynamic.pick(words.WORDS) for _ in range(arguments.size(1, 1, 10_000)))


def _sentence(dynamic: Dynamic, arguments: _Arguments) -> str:
    arguments.none()
    told = " ".join(dynamic.pick(words.WORDS) for _ in range(dynamic.random.randint(5, 10)))
    return told.capitalize() + "."


def _color(dynamic: Dynamic, arguments: _Arguments) -> str:
    arguments.none()
    return f"#{dynamic.random.getrandbits(24):06x}"


_ALL_CHARS = _LETTERS + _LETTERS.upper() + _DIGITS
_AS_UUID = "A random UUID, version 4"
# Name, how its arguments are written, what it is, an example, and how it is made.
_TABLE: tuple[tuple[str, str, str, str, _Maker], ...] = (
    ("$uuid", "", _AS_UUID, "0b5f1c9e-6d0a-4c1e-9a53-7a3d2f8e4b16", _uuid4),
    ("$guid", "", f"{_AS_UUID}, by its other name", "6f1d7c52-93be-4f0a-8d27-1e5b0c4a9f38", _uuid4),
    ("$uuid7", "", "A UUID that sorts by time, version 7", "019a3f5e-7c21-7d44-b1a0-52c9e8f03d6b", _uuid7),
    ("$timestamp", "[add]", "Seconds since 1970; add seconds to it", "1767323045", _seconds),
    ("$timestampMs", "[add]", "Milliseconds since 1970; add seconds to it", "1767323045100", _milliseconds),
    ("$isoTimestamp", "[add]", "Date and time in UTC; add seconds to it", "2026-01-02T03:04:05.100Z", _iso_timestamp),
    ("$isoDate", "[add]", "The date in UTC; add seconds to it", "2026-01-02", _iso_date),
    ("$counter", "[start]", "Counts up, from 1 or from a number", "1", _counter),
    ("$randomInt", "[min] [max]", "A whole number, from 0 to 1000 or between two numbers", "417", _random_int),
    (
        "$randomFloat",
        "[min max] [digits]",
        "A decimal number, from 0 to 1 or between two numbers",
        "0.618034",
        _random_float,
    ),
    ("$randomBoolean", "", "true or false", "true", _one_of(("true", "false"))),
    ("$randomChoice", "words…", "One of the words after the name", "red", _choice),
    ("$randomString", "[size]", "Letters and digits, 16 of them", "q7BzK2mXw9LtR4aF", _of(_ALL_CHARS, 16)),
    ("$randomLetters", "[size]", "Small letters, 8 of them", "kqzmwtra", _of(_LETTERS, 8)),
    ("$randomDigits", "[size]", "Digits, 6 of them", "402917", _of(_DIGITS, 6)),
    ("$randomHex", "[bytes]", "Random bytes in hex, 16 of them", "9f86d081884c7d659a2feaa0c55ad015", _hex),
    ("$randomBase64", "[bytes]", "Random bytes in Base64, 16 of them", "n4bQgYhMfWWaL+qgxVrQFQ==", _base64),
    ("$randomWord", "[count]", "A word, or several", "lantern", _words),
    ("$randomSentence", "", "A sentence without sense", "Quiet river engine paper field.", _sentence),
    ("$randomFirstName", "", "A first name", "Maya", _one_of(words.FIRST_NAMES)),
    ("$randomLastName", "", "A last name", "Okafor", _one_of(words.LAST_NAMES)),
    ("$randomFullName", "", "First and last name", "Maya Okafor", _full_name),
    ("$randomUserName", "", "A user name", "maya_lantern42", _user_name),
    ("$randomEmail", "", "A mail address that nobody has", "maya.okafor@example.com", _email),
    ("$randomDomain", "", "A domain that nobody has", "lantern.example.org", _domain),
    ("$randomIp", "", "An IPv4 address out of those for examples", "192.0.2.17", _ip),
    ("$randomIpv6", "", "An IPv6 address out of those for examples", "2001:db8:4f:9a1:c3:77:1d2:8e", _ipv6),
    ("$randomPort", "", "A port from 1024 to 65535", "31337", _port),
    ("$randomCity", "", "A city", "Lisbon", _one_of(words.CITIES)),
    ("$randomCountryCode", "", "A country, in two letters", "PT", _one_of(words.COUNTRY_CODES)),
    ("$randomLatitude", "", "A latitude in degrees", "38.722252", _coordinate(90)),
    ("$randomLongitude", "", "A longitude in degrees", "-9.139337", _coordinate(180)),
    ("$randomPrice", "[min max] [digits]", "An amount of money, from 1 to 1000", "249.90", _price),
    ("$randomCurrency", "", "A currency, in three letters", "EUR", _one_of(words.CURRENCIES)),
    ("$randomColor", "", "A colour, as in CSS", "#1f7a5c", _color),
)
# What only the program around knows, and when it does not.
_FACTS = {"$localServer": "the built-in server is not running"}
_MAKERS = {name: make for name, _, _, _, make in _TABLE}

DYNAMIC: tuple[DynamicValue, ...] = (
    *(DynamicValue(name, told, example, arguments) for name, arguments, told, example, _ in _TABLE),
    DynamicValue("$localServer", "Host and port of the built-in server", "127.0.0.1:9600"),
)
BY_NAME = {value.name: value for value in DYNAMIC}
