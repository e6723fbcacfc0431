"""Access codes are easy to read out, hard to guess, and nowhere stored."""

from kb.tickets import access_codes

KEY = b"k" * 32
NUMBER = "WT-20261123-0007"


def test_a_code_has_two_groups_of_four_unmistakable_characters() -> None:
    first, second = access_codes.draw().split("-")

    assert len(first) == len(second) == 4
    assert set(first + second) <= set(access_codes.ALPHABET)
    assert not set("ILOU") & set(access_codes.ALPHABET)


def test_no_code_is_drawn_twice_in_ten_thousand() -> None:
    assert len({access_codes.draw() for _ in range(10_000)}) == 10_000


def test_a_code_is_known_again_as_people_type_it() -> None:
    stored = access_codes.digest("10K3-9QXD", NUMBER, KEY)

    for typed in ("10K3-9QXD", "10k39qxd", " 10K3 9QXD ", "１０Ｋ３－９ＱＸＤ", "lOk3-9qxd", "IoK3—9QXD"):
        assert access_codes.matches(typed, NUMBER, KEY, stored)


def test_another_code_number_or_key_does_not_match() -> None:
    stored = access_codes.digest("10K3-9QXD", NUMBER, KEY)

    assert not access_codes.matches("10K3-9QXE", NUMBER, KEY, stored)
    assert not access_codes.matches("10K3-9QXD", "WT-20261123-0008", KEY, stored)
    assert not access_codes.matches("10K3-9QXD", NUMBER, b"x" * 32, stored)
