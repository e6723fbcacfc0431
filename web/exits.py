"""Exit codes of the command line, and the refusal that carries one.

The numbers follow BSD's ``sysexits.h``, so that a service manager can tell a bad setting from a busy port.
"""

from collections.abc import Mapping
from enum import IntEnum


class ExitCode(IntEnum):
    """How a ``guanwen`` command ends. Listed in ``guanwen --help`` and in docs/operating.md."""

    OK = 0
    FAILED = 1
    USAGE = 2
    BAD_DATA = 65
    NO_INPUT = 66
    UNAVAILABLE = 69
    INTERNAL = 70
    CANNOT_WRITE = 73
    BAD_SETTING = 78
    INTERRUPTED = 130


MEANINGS: Mapping[ExitCode, tuple[str, str]] = {
    ExitCode.OK: ("成功", "done"),
    ExitCode.FAILED: ("未成功", "not done"),
    ExitCode.USAGE: ("命令写法不对", "the command was written wrongly"),
    ExitCode.BAD_DATA: ("数据有误", "bad data"),
    ExitCode.NO_INPUT: ("没有这个文件", "no such file"),
    ExitCode.UNAVAILABLE: ("尚不可用：端口占用、未初始化", "not available: port in use, not initialised"),
    ExitCode.INTERNAL: ("程序出错", "internal error"),
    ExitCode.CANNOT_WRITE: ("不能写入", "cannot write"),
    ExitCode.BAD_SETTING: ("设置有误", "bad setting"),
    ExitCode.INTERRUPTED: ("被中断", "interrupted"),
}


class Refusal(Exception):
    """A reason not to go on, for the operator: one line in Chinese, one in English, and the exit code."""

    def __init__(self, code: ExitCode, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.zh = zh
        self.en = en
