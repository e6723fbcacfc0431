"""The words of the policies' texts, each text cut once: the next generation has most of them again."""

from indexer.search.index import Index
from kb.kinds import OUR_KINDS

_Text = tuple[str, str]


class PolicyWords:
    """Remembers the words of every text of the last index it was asked for. For threads to share."""

    def __init__(self) -> None:
        self._segmenter: object = None
        self._words: dict[_Text, tuple[str, ...]] = {}

    def of(self, index: Index) -> set[str]:
        """Every word of the policies in ``index``, as that cuts them."""
        known = self._words if self._segmenter is index.segmenter else {}
        words = {}
        for entry in index.entries_of(OUR_KINDS):
            text = (entry.title, entry.body)
            words[text] = known.get(text) or tuple(dict.fromkeys(index.words("\n".join(text))))
        self._segmenter, self._words = index.segmenter, words
        return {word for own in words.values() for word in own}
