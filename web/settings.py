"""Every setting, its default and what it does: the only module that reads the environment."""

import difflib
import os
from base64 import b64decode
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kb.errors import DatabaseUnready
from kb.store.db import check_address
from web.exits import ExitCode, Refusal
from web.invalid_fields import reason_zh
from web.locale import Locale, locale_of

PREFIX = "GUANWEN_"
TERMINAL_VARIABLES = ("GUANWEN_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG")

_CHECKOUT = Path(__file__).resolve().parent.parent
# An installed wheel has no project folder around it; the folder the operator stands in takes its place.
PROJECT = _CHECKOUT if (_CHECKOUT / "pyproject.toml").is_file() else Path.cwd()


def _setting(default: Any, en: str, zh: str, **limits: Any) -> Any:
    return Field(default=default, description=en, json_schema_extra={"zh": zh}, **limits)


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise PydanticCustomError("web_address", "must begin with http:// or https:// and name a host")
    return url.rstrip("/")


def _database_address(url: str) -> str:
    """What is wrong in particular is not told: it may quote the address, and that carries a password."""
    try:
        check_address(url)
    except DatabaseUnready:
        raise PydanticCustomError(
            "database_address", "must be sqlite:///path/to/file or postgresql://user@host/name"
        ) from None
    return url


def _smtp_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise PydanticCustomError("smtp_address", "must be smtp:// or smtps:// and name a host")
    return url


def _webhook_secret(secret: str) -> str:
    try:
        key = b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        key = b""
    if not secret.startswith("whsec_") or not 24 <= len(key) <= 64:
        raise PydanticCustomError("webhook_secret", "must be whsec_ and 24 to 64 bytes in base64")
    return secret


SmtpAddress = Annotated[str, AfterValidator(_smtp_address)]
WebhookSecret = Annotated[str, AfterValidator(_webhook_secret)]
Folder = Annotated[Path, AfterValidator(_absolute)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
DatabaseAddress = Annotated[str, AfterValidator(_database_address)]


class Settings(BaseSettings):
    """What an operator may change, each by the variable GUANWEN_ + name in capitals (docs/settings.md)."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_ignore_empty=True, extra="forbid")

    home: Folder = _setting(
        PROJECT / "var",
        "Folder that holds the database, the index and the secrets",
        "存放数据库、索引和密钥的文件夹",
    )
    database_url: DatabaseAddress | None = _setting(
        None,
        "Database, postgresql://… or sqlite:///…; without it guanwen.db in the home folder",
        "数据库地址，postgresql://… 或 sqlite:///…；不设则用 home 文件夹里的 guanwen.db",
        repr=False,
    )
    corpus: Folder = _setting(
        PROJECT / "corpus",
        "Folder with the documents and the curated words",
        "存放文件和人工整理词语的文件夹",
    )
    host: str = _setting("127.0.0.1", "Address the server listens on", "服务监听的地址", min_length=1)
    port: int = _setting(8000, "Port the server listens on", "服务监听的端口", ge=1, le=65535)
    workers: int = _setting(2, "Server processes; about one per core", "服务进程数，约等于核数", ge=1, le=64)
    threads: int = _setting(
        16,
        "Threads per process; at least twice the open event streams expected",
        "每个进程的线程数，至少为预计同时打开的事件流的两倍",
        ge=1,
        le=256,
    )
    rate_per_minute: int = _setting(
        30,
        "Questions and forms one client may send in a minute; 0 switches the limit off",
        "同一来源每分钟最多发送的提问和表单数；0 为不限",
        ge=0,
        le=100_000,
    )
    max_chars: int = _setting(
        500, "Longest question, in characters", "提问的最大长度，按字符计", ge=20, le=500
    )
    sign_in_attempts: int = _setting(
        10,
        "Sign-in attempts for one account in fifteen minutes; 0 switches the limit off",
        "同一账号十五分钟内最多尝试登录的次数；0 为不限",
        ge=0,
        le=1000,
    )
    accept_days: int = _setting(
        1,
        "Working days within which a kept question is accepted or turned away",
        "登记的问题在几个工作日内受理",
        ge=0,
        le=60,
    )
    respond_days: int = _setting(
        2,
        "Working days within which an agency takes it in hand",
        "责任单位在几个工作日内着手办理",
        ge=0,
        le=60,
    )
    answer_days: int = _setting(
        3, "Working days within which it is answered", "在几个工作日内答复", ge=1, le=60
    )
    extension_days: int = _setting(
        3,
        "Working days that the one extension adds",
        "延期一次增加的工作日数",
        ge=1,
        le=60,
    )
    smtp_url: SmtpAddress | None = _setting(
        None,
        "Mail server, smtp://user:password@host:587 (STARTTLS where offered) or smtps://…; none, no e-mail",
        "邮件服务器，smtp://用户:密码@主机:587（支持则用 STARTTLS）或 smtps://…；不设则不发邮件",
        repr=False,
    )
    mail_from: str = _setting(
        "guanwen@localhost",
        "Sender of e-mails",
        "邮件的发件地址",
        pattern=r"^[^\s@]+@[^\s@]+$",
    )
    webhook_url: WebAddress | None = _setting(
        None,
        "Receiver of notices as signed webhooks (Standard Webhooks); none, no webhooks",
        "以签名 Webhook（Standard Webhooks）接收通知的网址；不设则不发",
    )
    webhook_secret: WebhookSecret | None = _setting(
        None,
        "Key that signs webhooks: whsec_ and 24 to 64 bytes in base64",
        "Webhook 的签名密钥：whsec_ 加 24 至 64 字节的 base64",
        repr=False,
    )
    keep_questions_days: int = _setting(
        1095,
        "Days that questions are kept after their end",
        "问题办结后保留的天数",
        ge=1,
        le=36500,
    )
    keep_contacts_days: int = _setting(
        90,
        "Days that contacts are kept after the end of their ticket",
        "联系方式在工单办结后保留的天数",
        ge=1,
        le=36500,
    )
    keep_notices_days: int = _setting(
        180,
        "Days that the record of sent notices is kept",
        "已发通知的记录保留的天数",
        ge=1,
        le=36500,
    )
    locale: Locale | None = _setting(
        None,
        "Language when the client names none (zh-Hans, zh-Hant, en); the terminal's own otherwise",
        "对方未指明语言时使用的语言（zh-Hans、zh-Hant、en）；不设则随终端",
    )
    base_url: WebAddress | None = _setting(
        None,
        "Address the public sees, for the API description; with https the session cookie needs HTTPS",
        "对外公布的网址，写在接口说明里；为 https 时会话 Cookie 只经 https 发送",
    )
    trusted_proxies: int = _setting(
        0,
        "Reverse proxies in front whose X-Forwarded headers are believed",
        "前面可信的反向代理层数，其 X-Forwarded 头被采信",
        ge=0,
        le=10,
    )
    semantics: Literal["auto", "off"] = _setting(
        "auto",
        "Meaning beside words: auto (the address below, else the model of this installation), or off",
        "词语之外是否比较语义：auto（用下面的地址，否则用本机安装的模型）或 off",
    )
    embeddings_url: WebAddress | None = _setting(
        None,
        "OpenAI-compatible address for embeddings, up to /v1; without it the model of this installation",
        "兼容 OpenAI 的向量接口地址，写到 /v1 为止；不设则用本机安装的模型",
    )
    embeddings_model: str = _setting(
        "multilingual-e5-small", "Model to ask that address for", "向该地址请求的模型名", min_length=1
    )
    embeddings_key: SecretStr | None = _setting(
        None, "Key for that address, sent as a bearer token", "该地址的密钥，以 Bearer 方式发送"
    )
    embeddings_timeout: float = _setting(
        2.0,
        "Seconds to wait for that address before words alone decide",
        "等待该地址的秒数，超过则只按词语作答",
        gt=0,
        le=60,
    )
    embeddings_retries: int = _setting(
        1, "How often a failed request to it is sent again", "请求失败后重发的次数", ge=0, le=5
    )
    embeddings_threads: int = _setting(
        2,
        "Cores one question may take in the model of this installation",
        "本机模型处理一个问题可用的核数",
        ge=1,
        le=64,
    )
    log_level: Literal["debug", "info", "warning", "error"] = _setting(
        "info", "Least important log line that is written", "写出的最低日志级别"
    )
    log_format: Literal["auto", "json", "text"] = _setting(
        "auto",
        "Form of the log: json, text for people, or auto (text on a terminal, else json)",
        "日志形式：json，或便于阅读的 text；auto 在终端上用 text，否则用 json",
    )


def read_settings() -> Settings:
    """The settings from the environment.

    Raises ``Refusal`` (exit code 78) naming the first variable that is unknown or holds a bad value.
    """
    _refuse_unknown()
    try:
        return Settings()
    except ValidationError as error:
        raise _bad_value(error.errors()[0]) from None


def terminal_locale() -> Locale:
    """The language for this terminal, in the order POSIX looks: the first variable that is set decides."""
    value = next((os.environ[name] for name in TERMINAL_VARIABLES if os.environ.get(name)), "")
    return locale_of(value) or "en"


def debugging() -> bool:
    """Whether the operator wants to see where in the code an error came up. Works with bad settings too."""
    return os.environ.get("GUANWEN_LOG_LEVEL") == "debug"


def variable(field: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + field.upper()


def _refuse_unknown() -> None:
    known = [variable(field) for field in Settings.model_fields]
    stray = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if stray:
        near = (difflib.get_close_matches(stray[0], known, n=1) or ["docs/settings.md"])[0]
        raise Refusal(
            ExitCode.BAD_SETTING,
            f"{stray[0]}：没有这个设置，您是否要用 {near}？",
            f"{stray[0]}: no such setting; did you mean {near}?",
        )


def _bad_value(detail: ErrorDetails) -> Refusal:
    """The value itself is not repeated: a database address carries a password."""
    field = str(detail["loc"][0])
    why = detail["msg"].removeprefix("Value error, ")
    return Refusal(
        ExitCode.BAD_SETTING,
        f"{variable(field)}：设置的值不对（{reason_zh(detail)}）。它是：{_help_zh(field)}",
        f"{variable(field)}: {why[:1].lower()}{why[1:]}. It is: {Settings.model_fields[field].description}",
    )


def _help_zh(field: str) -> str:
    extra = Settings.model_fields[field].json_schema_extra
    return str(extra["zh"]) if isinstance(extra, dict) else ""
