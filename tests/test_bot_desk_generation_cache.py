"""One thing for one generation, made by one thread while the others wait."""

import time

import pytest

from bot.desk.generation_cache import GenerationCache
from tests.crowd import in_threads


def test_a_crowd_gets_one_thing_that_was_made_once() -> None:
    cache: GenerationCache[object] = GenerationCache()
    made: list[object] = []

    def make() -> object:
        time.sleep(0.05)  # long enough for the others to come
        made.append(object())
        return made[-1]

    got = in_threads(8, lambda _: cache.get("one", make))

    assert len(made) == 1
    assert got == made * 8


def test_another_generation_gets_its_own() -> None:
    cache: GenerationCache[str] = GenerationCache()

    assert cache.get("one", lambda: "of one") == "of one"
    assert cache.get("two", lambda: "of two") == "of two"
    assert cache.get("two", lambda: "made again") == "of two"


def test_a_failure_holds_nothing_and_the_next_tries_again() -> None:
    cache: GenerationCache[str] = GenerationCache()

    with pytest.raises(ZeroDivisionError):
        cache.get("one", lambda: str(1 / 0))

    assert cache.get("one", lambda: "made") == "made"
