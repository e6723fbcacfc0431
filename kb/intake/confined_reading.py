"""Reading files of intricate forms in a process of its own, held to limits of time and memory.

A PDF or Word file from outside can be made to keep its reader busy for hours or to bring it down; here that
is one refused file.
"""

import json
import resource
import subprocess
import sys

from kb.intake.document_texts import DocumentText, read_text
from kb.intake.raw_files import LARGEST_FILE, FileRefused, RawFile, too_large

_INTRICATE = (".pdf", ".docx")
_MOST_SECONDS = 60
_MOST_MEMORY = 2_000_000_000
_REFUSED = 3


def read_confined(file: RawFile) -> DocumentText:
    """The text of ``file``, read in a confined process if its form asks for that; ``FileRefused`` else."""
    if file.form not in _INTRICATE:
        return read_text(file)
    if len(file.content) > LARGEST_FILE:
        raise too_large()
    command = [sys.executable, "-m", "kb.intake.confined_reading", file.form]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves, with a form from a closed list
            command, input=file.content, capture_output=True, timeout=_MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused(
            f"{_MOST_SECONDS} 秒还没读完", f"not read within {_MOST_SECONDS} seconds"
        ) from error
    if done.returncode == 0:
        read = json.loads(done.stdout)
        return DocumentText(read["text"], read["told"])
    if done.returncode == _REFUSED:
        reasons = json.loads(done.stdout)
        raise FileRefused(reasons["zh"], reasons["en"])
    raise FileRefused("读取程序崩溃或超出内存限制", "its reader crashed or ran out of the memory it is given")


def _read_here(form: str) -> int:
    """What the confined process does: bytes in, JSON out."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    try:
        read = read_text(RawFile(f"given{form}", sys.stdin.buffer.read()))
    except FileRefused as refused:
        sys.stdout.write(json.dumps({"zh": refused.zh, "en": refused.en}))
        return _REFUSED
    sys.stdout.write(json.dumps({"text": read.text, "told": dict(read.told)}))
    return 0


if __name__ == "__main__":
    sys.exit(_read_here(sys.argv[1]))
