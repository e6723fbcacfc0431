"""Contacts are checked when they are left, unreadable in the database, and masked on the page."""

from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet, InvalidToken

from kb.errors import ContactRejected
from kb.store.sealing import key_id, unseal
from kb.tickets.contacts import EMAIL, LANDLINE, MOBILE, parse_contact, seal

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "kind", "value", "masked"),
    [
        ("13812341234", MOBILE, "13812341234", "138****1234"),
        (" +86 138-1234-1234 ", MOBILE, "13812341234", "138****1234"),
        ("１３８１２３４１２３４", MOBILE, "13812341234", "138****1234"),
        ("0592-1234567", LANDLINE, "0592-1234567", "0592-****567"),
        ("（0592）1234567转801", LANDLINE, "0592-1234567-801", "0592-****567"),
        ("010 12345678", LANDLINE, "010-12345678", "010-*****678"),
        ("zhang@example.com", EMAIL, "zhang@example.com", "z***@example.com"),
        ("关务＠厦门.公司", EMAIL, "关务@厦门.公司", "关***@厦门.公司"),
    ],
)
def test_a_contact_is_understood_as_people_write_it(written: str, kind: str, value: str, masked: str) -> None:
    contact = parse_contact(written)

    assert (contact.kind, contact.value, contact.masked) == (kind, value, masked)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("", "不能为空"),
        ("   ", "不能为空"),
        ("1234567", "带区号"),
        ("1381234123", "11 位"),
        ("请打我电话", "手机号"),
        ("zhang@example", "name@example.com"),
        ("a@b@example.com", "name@example.com"),
        ("a\0b@example.com", "name@example.com"),
        ("a\ud800b@example.com", "name@example.com"),
        (f"{'a' * 60}@{'b' * 200}.com", "name@example.com"),
    ],
)
def test_what_is_no_contact_is_refused_with_the_field_and_a_hint(written: str, hint: str) -> None:
    with pytest.raises(ContactRejected, match="联系方式") as refused:
        parse_contact(written)

    assert hint in str(refused.value)


def test_a_sealed_contact_does_not_show_and_opens_with_its_key() -> None:
    key = Fernet.generate_key()
    sealed = seal(parse_contact("13812341234"), [key], NOW)

    assert b"13812341234" not in sealed.ciphertext
    assert sealed.key_id == key_id(key)
    assert unseal(sealed.ciphertext, [key]) == "13812341234"


def test_after_a_change_of_keys_old_contacts_still_open_and_new_ones_take_the_new_key() -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()
    before = seal(parse_contact("13812341234"), [old], NOW)
    after = seal(parse_contact("13812341234"), [new, old], NOW)

    assert unseal(before.ciphertext, [new, old]) == "13812341234"
    assert after.key_id == key_id(new) != before.key_id
    with pytest.raises(InvalidToken):
        unseal(before.ciphertext, [new])
