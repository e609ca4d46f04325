"""The JSON API of the web app, from its OpenAPI document."""

from __future__ import annotations

from typing import Any

from fastapi.openapi.utils import get_openapi

from offing.web.pages.api import api
from writers.markdown import code, document, table

INTRODUCTION = """What `offing web` and `offing serve` answer to programs, read only. Send a token as
`Authorization: Bearer …`; `offing users token NAME` makes one ([For
ops](../operate.md#people-and-the-web-app)). The same as an OpenAPI document:
`/api/v1/openapi.json`. Beside the API there are the Atom feeds `/queue.atom` and
`/problems.atom`, `/healthz` and `/readyz` (open to all), and `/metrics` for Prometheus."""
_Schema = dict[str, Any]
_UNSAID = {"HTTPValidationError", "ValidationError"}


def page() -> str:
    """Return the page."""
    found = get_openapi(title="offing", version="1", routes=api.routes)
    paths = [_operation(path, verb, what) for path, verbs in found["paths"].items() for verb, what in verbs.items()]
    shapes = {name: shape for name, shape in found["components"]["schemas"].items() if name not in _UNSAID}
    return document("HTTP API", INTRODUCTION, *paths, "## Shapes", *(_shape(*each) for each in sorted(shapes.items())))


def _operation(path: str, verb: str, what: _Schema) -> str:
    rows = [
        (code(each["name"]), each["in"], _type(each["schema"]), _limits(each)) for each in what.get("parameters", ())
    ]
    parts = (
        f"## {verb.upper()} {path}",
        what.get("description", ""),
        table(("parameter", "in", "type", "limits"), rows),
        "\n".join(_answer(status, answer) for status, answer in what["responses"].items()),
    )
    return "\n\n".join(part for part in parts if part)


def _limits(parameter: _Schema) -> str:
    schema = parameter["schema"]
    said = [f"{word} {schema[key]}" for word, key in (("from", "minimum"), ("to", "maximum")) if key in schema]
    default = [f"default `{schema['default']!r}`"] if "default" in schema else []
    return ", ".join((*(["required"] if parameter.get("required") else []), *said, *default))


def _answer(status: str, answer: _Schema) -> str:
    content = answer.get("content", {}).get("application/json")
    names = {"200": "found", "422": "a parameter cannot be read"}
    said = f"{status}: {names.get(status, answer['description'])}"
    return f"- {said}, {_type(content['schema'])}" if content and status == "200" else f"- {said}"


def _shape(name: str, shape: _Schema) -> str:
    rows = [
        (code(key), _type(each), "" if key in shape.get("required", ()) else "may lack")
        for key, each in shape.get("properties", {}).items()
    ]
    values = ", ".join(code(each) for each in shape.get("enum", ()))
    parts = (f"### {name}", shape.get("description", ""), values, table(("field", "type", ""), rows))
    return "\n\n".join(part for part in parts if part)


def _type(schema: _Schema) -> str:
    """Return a type in words, with a link where it is a shape of its own."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if "enum" in schema:
        return " or ".join(code(str(each)) for each in schema["enum"])
    return str(schema.get("format", schema.get("type", "anything")))
