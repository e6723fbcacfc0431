"""Where documents are taken in from: a file, a folder, a zip archive or a git repository."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.intake.archives import read_zip
from kb.intake.raw_files import FORMS, LARGEST_FILE, FileRefused, RawFile, too_large

_ADDRESS = re.compile(r"(?:https?|ssh|git|file)://\S+|[\w.-]+@[\w.-]+:\S+")
_SKIPPED = frozenset(("readme", "license", "changelog", "contributing", "_index"))
_LONGEST_CLONE = 600
_PROTOCOLS = ("https", "http", "ssh", "git", "file")
# Addresses that run commands (ext::) are refused, and no hook or link of the repository has any effect.
_SETTINGS = (
    "protocol.allow=never",
    *(f"protocol.{name}.allow=always" for name in _PROTOCOLS),
    "core.hooksPath=/dev/null",
    "core.symlinks=false",
    "credential.helper=",
)

Read = Callable[[], RawFile]


@dataclass(frozen=True)
class Found:
    """A file that was found, and the way to read it, which may end in ``FileRefused``."""

    name: str
    read: Read


@contextmanager
def opened(place: str) -> Iterator[list[Found]]:
    """The files at ``place`` that have a form we read, by name; a clone lives as long as the block.

    Raises ``FileRefused`` where there is nothing to read.
    """
    path = Path(place).expanduser()
    if _ADDRESS.fullmatch(place):
        with _cloned(place) as folder:
            yield _in_folder(folder)
    elif path.is_dir() and (path / "HEAD").is_file() and (path / "objects").is_dir():
        with _cloned(str(path.resolve())) as folder:
            yield _in_folder(folder)
    elif path.is_dir():
        yield _in_folder(path)
    elif path.suffix.lower() == ".zip":
        yield list(_in_zip(path))
    else:
        yield [_one(path, path.name)]


def is_place(place: str) -> bool:
    """Whether there is anything at ``place``: an address of a repository counts unseen."""
    return bool(_ADDRESS.fullmatch(place)) or Path(place).expanduser().exists()


def origin_of(place: str) -> str:
    """The name under which documents from ``place`` are kept: an address, or the absolute path."""
    if _ADDRESS.fullmatch(place):
        return re.sub(r"//[^/@\s]+@", "//", place)
    return str(Path(place).expanduser().resolve())


def _in_folder(folder: Path) -> list[Found]:
    """Files below ``folder``; links, hidden folders and notes on the collection itself are passed over."""
    found = []
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent) / name
            wanted = path.suffix.lower() in FORMS and path.stem.lower() not in _SKIPPED
            if wanted and not name.startswith(".") and not path.is_symlink():
                found.append(_one(path, path.relative_to(folder).as_posix()))
    return found


def _one(path: Path, name: str) -> Found:
    def read() -> RawFile:
        try:
            if path.stat().st_size > LARGEST_FILE:
                raise too_large()
            return RawFile(name, path.read_bytes())
        except OSError as error:
            raise FileRefused("读不到这个文件", f"cannot be read: {error.strerror}") from error

    return Found(name, read)


def _in_zip(path: Path) -> Iterator[Found]:
    for member in read_zip(path):
        if isinstance(member, RawFile):
            if Path(member.name).stem.lower() not in _SKIPPED:
                yield Found(member.name, _given(member))
        else:
            yield Found(member[0], _refusing(member[1]))


def _given(file: RawFile) -> Read:
    return lambda: file


def _refusing(refused: FileRefused) -> Read:
    def read() -> RawFile:
        raise refused

    return read


@contextmanager
def _cloned(address: str) -> Iterator[Path]:
    git = shutil.which("git")
    if git is None:
        raise FileRefused("没有安装 git", "git is not installed")
    with TemporaryDirectory(prefix="guanwen-clone-") as folder:
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        _run([git, *settings, "clone", "--quiet", "--depth", "1", "--no-tags", "--", address, folder])
        yield Path(folder)


def _run(command: Sequence[str]) -> None:
    try:
        subprocess.run(  # noqa: S603 - no shell, and the address stands behind --
            command,
            check=True,
            capture_output=True,
            timeout=_LONGEST_CLONE,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # without a terminal of its own git asks nobody for a password
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused("克隆仓库超时", "cloning the repository took too long") from error
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode(errors="replace").splitlines()
        reason = next((line for line in told if line.startswith("fatal: ")), f"exit {error.returncode}")
        raise FileRefused(f"仓库克隆不下来：{reason}", f"git cannot clone it: {reason}") from error
