"""What ``bot`` refuses by exception. Everything else a turn can come to is a Status with a Reason."""


class BotError(Exception):
    """Base of this package's exceptions."""


class MessageRejected(BotError):
    """A message is empty or longer than the limit; both lengths are characters."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"a message has 1 to {limit} characters, this one has {length}")
        self.length = length
        self.limit = limit
