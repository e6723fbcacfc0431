"""What APIFlask leaves out of the description: problem documents, required bodies, the event stream."""

from collections.abc import Callable, Iterator
from typing import Any

from web.api.asking.stream import EVENT_STREAM
from web.api.contract import ProblemDocument
from web.errors import kind_of_status
from web.request.problem_documents import MEDIA_TYPE
from web.settings import Settings

Spec = dict[str, Any]

TAGS = [
    {"name": "chat", "description": "提问和评价。 Ask, and say whether it helped."},
    {"name": "documents", "description": "文件。 Documents."},
    {"name": "passages", "description": "条款和措施。 Passages and measures."},
    {"name": "agencies", "description": "单位。 Agencies."},
    {"name": "tickets", "description": "工单。 Kept questions."},
    {"name": "health", "description": "运行状态。 Health."},
]

_PROBLEM = {"$ref": "#/components/schemas/ProblemDocument"}
_ALWAYS = (500, 503)
_WITH_BODY = (400, 413, 415, 422, 429)
_WITH_QUERY = (422,)


def complete(settings: Settings) -> Callable[[Any], Any]:
    """A processor for the description of an application with these settings."""

    def process(spec: Spec) -> Spec:
        schemas = spec["components"]["schemas"]
        schemas.pop("HTTPError", None)  # APIFlask's own form of an error, which problems take the place of
        schemas["ProblemDocument"] = ProblemDocument.model_json_schema()
        schemas["ChatRequest"]["properties"]["message"]["maxLength"] = settings.max_chars
        for operation in _operations(spec):
            _complete_operation(operation)
        _add_stream(spec)
        return _without_parent_names(spec)

    return process


def _operations(spec: Spec) -> Iterator[Spec]:
    for path in spec["paths"].values():
        yield from path.values()


def _complete_operation(operation: Spec) -> None:
    statuses = [*_ALWAYS, *(int(status) for status in operation["responses"] if status.startswith("4"))]
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
        statuses += _WITH_BODY
    if any(parameter["in"] == "query" for parameter in operation["parameters"]):
        statuses += _WITH_QUERY
    for status in sorted(set(statuses)):
        operation["responses"][str(status)] = _problem_response(status)


def _problem_response(status: int) -> Spec:
    kind = kind_of_status(status)
    response: Spec = {
        "description": f"{kind.zh}。 {kind.en}",
        "content": {MEDIA_TYPE: {"schema": _PROBLEM}},
    }
    if status == 429:
        response["headers"] = {
            "Retry-After": {"description": "等待秒数。 Seconds to wait.", "schema": {"type": "integer"}}
        }
    return response


def _add_stream(spec: Spec) -> None:
    content = spec["paths"]["/api/v1/chat"]["post"]["responses"]["200"]["content"]
    content[EVENT_STREAM] = {
        "schema": {"type": "string"},
        "example": 'event: delta\ndata: {"text": "可以。"}\n\n',
    }


def _without_parent_names(spec: Spec) -> Spec:
    """APIFlask names a nested model once for each parent (``ChatAnswer.Citation``); ours have one name."""
    schemas: Spec = {
        name.rpartition(".")[2]: schema for name, schema in spec["components"]["schemas"].items()
    }
    spec["components"]["schemas"] = dict(sorted(schemas.items()))
    renamed: Spec = _rename_references(spec)
    return renamed


def _rename_references(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: _short(value) if key == "$ref" else _rename_references(value) for key, value in node.items()
        }
    if isinstance(node, list):
        return [_rename_references(value) for value in node]
    return node


def _short(reference: str) -> str:
    folder, _, name = reference.rpartition("/")
    return f"{folder}/{name.rpartition('.')[2]}"
