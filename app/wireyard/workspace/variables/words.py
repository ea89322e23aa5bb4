"""Words that the built-in values pick from: short, plain, and nobody in particular."""

from __future__ import annotations

from typing import Final

FIRST_NAMES: Final = (
    "Ada", "Amir", "Anna", "Ben", "Carla", "Chen", "David", "Dina", "Elif", "Emil", "Fatima", "Felix", "Grace", "Hana",
    "Hugo", "Ines", "Ivan", "Jonas", "Julia", "Kofi", "Lars", "Leila", "Luca", "Maya", "Mei", "Nadia", "Noah", "Olga",
    "Omar", "Priya", "Rosa", "Sam", "Sofia", "Tariq", "Tom", "Vera", "Wanda", "Yuki", "Zoe",
)  # fmt: skip
LAST_NAMES: Final = (
    "Abadi", "Almeida", "Bauer", "Berg", "Cohen", "Costa", "Diaz", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad",
    "Ito", "Jansen", "Kaya", "Khan", "Kim", "Larsen", "Lopez", "Mensah", "Moreau", "Nakamura", "Novak", "Okafor",
    "Patel", "Petrov", "Rossi", "Santos", "Schmidt", "Silva", "Smith", "Tanaka", "Varga", "Wang", "Weber", "Yilmaz",
)  # fmt: skip
WORDS: Final = (
    "amber", "anchor", "autumn", "basket", "bridge", "candle", "canyon", "circle", "cloud", "copper", "desert",
    "echo", "engine", "feather", "field", "forest", "garden", "glass", "harbor", "hill", "island", "lantern", "letter",
    "maple", "market", "meadow", "mirror", "morning", "mountain", "number", "ocean", "orange", "paper", "pebble",
    "pencil", "planet", "quiet", "rain", "river", "rocket", "shadow", "signal", "silver", "spring", "stone", "summer",
    "table", "thunder", "ticket", "timber", "tunnel", "valley", "velvet", "violet", "water", "willow", "window",
    "winter", "yellow",
)  # fmt: skip
CITIES: Final = (
    "Accra", "Athens", "Auckland", "Bangkok", "Berlin", "Bogotá", "Cairo", "Dublin", "Hanoi", "Helsinki", "Istanbul",
    "Kyiv", "Lagos", "Lima", "Lisbon", "Madrid", "Manila", "Montréal", "Mumbai", "Nairobi", "Oslo", "Paris", "Prague",
    "Quito", "Rome", "Seoul", "Singapore", "Sydney", "Tallinn", "Tokyo", "Vienna", "Warsaw", "Zürich",
)  # fmt: skip
COUNTRY_CODES: Final = (
    "AR", "AU", "AT", "BE", "BR", "CA", "CH", "CL", "CN", "CO", "CZ", "DE", "DK", "EE", "EG", "ES", "FI", "FR", "GB",
    "GH", "GR", "ID", "IE", "IN", "IT", "JP", "KE", "KR", "MX", "NG", "NL", "NO", "NZ", "PE", "PH", "PL", "PT", "RO",
    "SE", "SG", "TH", "TR", "UA", "US", "VN", "ZA",
)  # fmt: skip
CURRENCIES: Final = (
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "INR", "JPY", "KRW", "MXN", "NOK", "NZD", "PLN",
    "SEK", "SGD", "THB", "TRY", "USD", "ZAR",
)  # fmt: skip
