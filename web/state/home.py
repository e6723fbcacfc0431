"""The state folder and the secrets in it: made on first use, kept for good."""

import fcntl
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from web.exits import ExitCode, Refusal

SECRET_NAMES = ("flask", "contact", "ticket-code", "client", "second-factor")
_KEY_BYTES = 32


@dataclass(frozen=True)
class Secrets:
    """Five keys, one for each purpose, so that changing one breaks nothing else. Never printed."""

    flask: bytes
    """Signs the session cookie that the forms' CSRF tokens hang on."""
    contact: bytes
    """Encrypts what askers leave as contact, as a Fernet key (URL-safe base64)."""
    ticket_code: bytes
    """Turns an access code into the digest that is stored."""
    client: bytes
    """Turns a client's address into the name its requests are counted under."""
    second_factor: bytes
    """Encrypts what staff's authenticator apps share with us, as a Fernet key."""

    def __repr__(self) -> str:
        return "Secrets(…)"


@dataclass(frozen=True)
class Home:
    """The state folder: ``guanwen.db``, ``index/``, ``replies/``, ``queue.db`` and ``secrets/``."""

    path: Path
    secrets: Secrets

    @property
    def database_url(self) -> str:
        """The database that is used when the settings name none."""
        return f"sqlite:///{self.path / 'guanwen.db'}"

    @property
    def index(self) -> Path:
        """Where the generations of the index stand."""
        return self.path / "index"

    @property
    def replies(self) -> Path:
        """Where the generations of the index of published replies stand."""
        return self.path / "replies"

    @property
    def queue(self) -> Path:
        """The worker's queue: what is to be done soon. Losing it loses nothing but haste."""
        return self.path / "queue.db"


def open_home(path: Path) -> Home:
    """The folder (made with mode 700) and its secrets (made with mode 600, by one process only).

    Raises ``Refusal`` (exit code 73) when the folder cannot be written or a secret is damaged.
    """
    try:
        _make_private(path)
        _make_private(path / "secrets")
        with _locked(path / "secrets" / ".lock"):
            keys = [_secret(path / "secrets" / name) for name in SECRET_NAMES]
    except OSError as error:
        raise _unwritable(path, error) from error
    return Home(path, Secrets(*keys))


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(13, "Permission denied", str(folder))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Two processes that start at once must not make two keys: the second waits and reads the first's."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _secret(path: Path) -> bytes:
    if not path.exists():
        _write_private(path, urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)))
    path.chmod(0o600)
    key = path.read_bytes().strip()
    if not _is_key(key):
        raise Refusal(
            ExitCode.CANNOT_WRITE,
            f"{path}：密钥文件已损坏，请从备份恢复",
            f"{path}: this secret is damaged; restore it from a backup",
        )
    return key


def _write_private(path: Path, content: bytes) -> None:
    """Written aside and renamed, so that a crash leaves no half a key behind."""
    aside = path.with_name(f".{path.name}.new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content + b"\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def _is_key(key: bytes) -> bool:
    try:
        return len(urlsafe_b64decode(key)) == _KEY_BYTES
    except ValueError:
        return False


def _unwritable(path: Path, error: OSError) -> Refusal:
    return Refusal(
        ExitCode.CANNOT_WRITE,
        f"GUANWEN_HOME：文件夹 {path} 不能写入（{error.strerror}）",
        f"GUANWEN_HOME: the folder {path} cannot be written ({error.strerror})",
    )
