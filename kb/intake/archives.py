"""Reading zip archives without trusting them: nothing is written to disk, sizes are counted, not believed."""

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from kb.intake.raw_files import FORMS, LARGEST_FILE, FileRefused, RawFile, too_large

_MOST_FILES = 50_000
_MOST_BYTES = 2_000_000_000
# Text packs to a tenth, seldom to a fortieth; a bomb is a thousandth.
_MOST_EXPANSION = 200
_SMALL = 100_000


def read_zip(path: Path) -> Iterator[RawFile | tuple[str, FileRefused]]:
    """The files of an archive that have a form we read; one that is refused comes with its name and why.

    Raises ``FileRefused`` for what is no archive, or one with more in it than any collection of laws.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileRefused("不是完整的 zip 文件", f"not a whole zip archive: {error}") from error
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > _MOST_FILES:
            raise FileRefused(f"里面的文件超过 {_MOST_FILES} 个", f"holds more than {_MOST_FILES} files")
        left = _MOST_BYTES
        for member in members:
            if PurePosixPath(member.filename).suffix.lower() not in FORMS:
                continue
            try:
                file = RawFile(member.filename, read_member(archive, member))
            except FileRefused as refused:
                yield member.filename, refused
                continue
            left -= len(file.content)
            if left < 0:
                raise FileRefused("解压后太大", "unpacks to too much")
            yield file


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int = LARGEST_FILE) -> bytes:
    """The bytes of one file in an archive; ``FileRefused`` for one that is hostile or broken."""
    _refuse_strange(member)
    try:
        with archive.open(member) as stream:
            content = stream.read(limit + 1)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise FileRefused("压缩包里的这个文件读不出来", f"cannot be unpacked: {error}") from error
    except Exception as error:  # zlib.error and its kin have no common parent
        raise FileRefused("压缩包里的这个文件已损坏", f"is damaged: {error}") from error
    if len(content) > limit:
        raise too_large(limit)
    return content


def _refuse_strange(member: zipfile.ZipInfo) -> None:
    parts = PurePosixPath(member.filename.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or "\0" in member.filename:
        raise FileRefused("文件名指向压缩包外面", "its name leads out of the archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise FileRefused("是符号链接", "is a symbolic link")
    if member.file_size > max(_SMALL, member.compress_size * _MOST_EXPANSION):
        raise FileRefused("压缩比异常", "unpacks to a suspicious size")
