"""What is wrong with which field of a request, a line or the settings, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from web.locale import Locale, in_locale

# Keyed by pydantic's own error types; English is pydantic's message, which names the limits too.
_SENTENCES: Mapping[str, str] = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "string_type": "应为文字",
    "is_instance_of": "应为文字",
    "list_type": "应为列表",
    "too_short": "至少要有 {min_length} 项",
    "string_unicode": "含有无法识别的字符",
    "string_too_short": "至少要有 {min_length} 个字符",
    "string_too_long": "最多 {max_length} 个字符",
    "string_pattern_mismatch": "格式不对",
    "literal_error": "只能是 {expected} 之一",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "model_type": "应为一个 JSON 对象",
    "model_attributes_type": "应为一个 JSON 对象",
    "web_address": "应以 http:// 或 https:// 开头，并写明主机",
    "smtp_address": "应写成 smtp://用户:密码@主机:端口 或 smtps://…",
    "webhook_secret": "应为 whsec_ 加 24 至 64 字节的 base64",
    "database_address": "应写成 sqlite:///文件路径 或 postgresql://用户@主机/库名",
}


def invalid_fields(error: ValidationError, locale: Locale) -> list[dict[str, str]]:
    """One entry a fault: the field (dotted), pydantic's name for the fault, and a sentence."""
    return [
        {
            "field": ".".join(str(part) for part in fault["loc"]) or "body",
            "code": fault["type"],
            "detail": in_locale(locale, _sentence(fault), f"{fault['msg']}."),
        }
        for fault in error.errors(include_url=False, include_input=False)
    ]


def reason_zh(fault: ErrorDetails) -> str:
    """What is wrong, in simplified Chinese, without the field's name."""
    context: dict[str, Any] = dict(fault.get("ctx", {}))
    if "expected" in context:
        context["expected"] = context["expected"].replace(" or ", "、").replace(", ", "、")
    return _SENTENCES.get(fault["type"], "填写的内容不对").format_map(context)


def _sentence(fault: ErrorDetails) -> str:
    field = ".".join(str(part) for part in fault["loc"])
    return f"{field}：{reason_zh(fault)}" if field else reason_zh(fault)
