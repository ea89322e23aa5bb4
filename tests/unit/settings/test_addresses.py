"""The address book."""

from pathlib import Path

from wireyard.settings.addresses import MAX_ADDRESSES, AddressBook


def test_the_newest_comes_first_and_only_once(tmp_path: Path) -> None:
    book = AddressBook(tmp_path / "addresses.json")
    for address in ("ws://a", "ws://b", "ws://a"):
        book.add(address)
    assert AddressBook(tmp_path / "addresses.json").addresses == ("ws://a", "ws://b")


def test_the_list_is_bounded(tmp_path: Path) -> None:
    book = AddressBook(tmp_path / "addresses.json")
    for number in range(MAX_ADDRESSES + 5):
        book.add(f"ws://host/{number}")
    assert len(book.addresses) == MAX_ADDRESSES
    assert book.addresses[0] == f"ws://host/{MAX_ADDRESSES + 4}"


def test_a_junk_file_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / "addresses.json").write_bytes(b"\xff{junk")
    assert AddressBook(tmp_path / "addresses.json").addresses == ()


def test_clearing_forgets_the_file_too(tmp_path: Path) -> None:
    book = AddressBook(tmp_path / "addresses.json")
    book.add("ws://a")
    book.clear()
    assert AddressBook(tmp_path / "addresses.json").addresses == ()
