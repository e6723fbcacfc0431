"""Where a heading stands in its document: its section number and the way people cite it."""

import unicodedata
from dataclasses import dataclass

from kb.text.headings import Heading, Level

_MARKS = {Level.PART: "{}", Level.SECTION: "({})", Level.MEASURE: "{}", Level.ITEM: "({})"}


@dataclass(frozen=True)
class Place:
    """``section`` 2.2.3, ``label`` 二、(二)3 in the text's own numerals but half-width, ``parent`` 2.2."""

    level: Level
    section: str
    label: str
    parent: str | None


def place_of(heading: Heading, above: Place | None) -> Place:
    """The place of ``heading`` under the heading at ``above``, or at the top of the document."""
    mark = _MARKS[heading.level].format(unicodedata.normalize("NFKC", heading.numeral))
    if above is None:
        return Place(heading.level, str(heading.number), mark, None)
    joint = "、" if above.level == Level.PART else ""
    section = f"{above.section}.{heading.number}"
    return Place(heading.level, section, f"{above.label}{joint}{mark}", above.section)
