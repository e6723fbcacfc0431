"""Numbers as official documents write them."""

import cn2an

HAN_NUMERAL = "[一二三四五六七八九十百]{1,5}"
DIGITS = "[0-9０-９]{1,3}"


def to_int(numeral: str) -> int | None:
    """The number that ``numeral`` writes in Chinese or in digits of either width; None if it writes none.

    >>> to_int("二十一"), to_int("７"), to_int("十百")
    (21, 7, None)
    """
    if numeral.isdecimal():
        return int(numeral)
    try:
        return int(cn2an.cn2an(numeral, "strict"))
    except ValueError:
        return None
