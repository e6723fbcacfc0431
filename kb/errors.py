"""What the knowledge base refuses, and when.

KnowledgeError
├── CorpusRefused       the corpus has problems; nothing was loaded
├── DatabaseUnready     no database there, or not at this version
├── NotFound            no such document, passage, agency, ticket, conversation or message
├── CitationBroken      a quote is not the stored text
├── IllegalTransition   a ticket cannot go from this state to that
├── ReasonMissing       this move of a ticket needs a reason
├── StaleVersion        somebody else changed the ticket in between
├── NotAllowed          this member of staff may not do this
├── ActRefused          the act itself is not possible now, for a reason to show
├── PasswordRejected    too short, too common or the old one again
└── ContactRejected     not a mobile number, e-mail address or landline
"""

from collections.abc import Sequence

from kb.problems import Problem


class KnowledgeError(Exception):
    """Base of this package's exceptions."""


class CorpusRefused(KnowledgeError):
    """The corpus has problems, all of them in ``problems``; the knowledge base stays as it was."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class DatabaseUnready(KnowledgeError):
    """The database cannot be opened, is busy beyond patience, or is not at this version."""


class NotFound(KnowledgeError):
    """Nothing of that name is here; for tickets also: the access code is not right."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args))


class CitationBroken(KnowledgeError):
    """A quote is not what the stored edition holds at its span."""


class IllegalTransition(KnowledgeError):
    """A ticket in ``state`` cannot go to ``wanted``; ``legal`` lists where it can."""

    def __init__(self, state: str, wanted: str, legal: Sequence[str]) -> None:
        super().__init__(f"{state} cannot become {wanted}; legal: {', '.join(legal) or 'nothing'}")
        self.state = state
        self.wanted = wanted
        self.legal = tuple(legal)


class ReasonMissing(KnowledgeError):
    """This move of a ticket must say why."""


class StaleVersion(KnowledgeError):
    """The ticket was changed by somebody else since it was read."""


class NotAllowed(KnowledgeError):
    """Whoever asks has not the role for it, or works for an agency that the matter is not with."""


class ActRefused(KnowledgeError):
    """What was asked for cannot be done, for a reason told in Chinese (``zh``) and English (``en``)."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class PasswordRejected(ActRefused):
    """A password that would not protect the account."""


class ContactRejected(KnowledgeError):
    """What was typed is not a way to reach anybody; the message says what is accepted, in Chinese."""
