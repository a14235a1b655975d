"""Example documents, put together from the examples of their fields."""

from collections.abc import Mapping
from typing import Any

_BY_TYPE: dict[str, Any] = {
    "string": "teks",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "null": None,
}


def example_of(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """A document that the schema accepts.

    :param schemas: those that ``$ref`` can name.
    """
    for name in ("examples", "enum"):
        if name in schema:
            return schema[name][0]
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    for name in ("allOf", "anyOf", "oneOf"):
        if name in schema:
            return example_of(schema[name][0], schemas)
    return _of_type(schema, schemas)


def _of_type(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: example_of(inner, schemas) for name, inner in properties.items()}
    if kind == "array":
        return [example_of(schema["items"], schemas)]
    return schema.get("default", schema.get("minimum", _BY_TYPE[kind]))
