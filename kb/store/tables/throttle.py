"""How often each client has come in the present window of time."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables.base import Base


class ThrottleWindow(Base):
    """The requests of one client up to ``ends_at`` (seconds since 1970, UTC).

    ``client`` is a keyed hash; the address it stands for is stored nowhere.
    """

    __tablename__ = "throttle_windows"

    client: Mapped[str] = mapped_column(primary_key=True)
    ends_at: Mapped[int] = mapped_column(BigInteger, primary_key=True, index=True)
    count: Mapped[int]
