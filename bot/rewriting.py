"""A follow-up rewritten so that it can be understood by itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rewriting:
    """``question`` as asked, and the ``subject`` that the turn before was about."""

    subject: str
    question: str

    @property
    def query(self) -> str:
        """What is searched."""
        return f"{self.subject} {self.question}"

    @property
    def shown(self) -> str:
        """What the asker is told it was taken for."""
        return f"{self.subject}：{self.question}"
