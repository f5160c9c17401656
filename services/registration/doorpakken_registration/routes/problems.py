"""How refusals look in the OpenAPI description."""

from typing import Any

from pydantic import BaseModel, Field

_MEANINGS = {
    400: "The body is not JSON",
    401: "Nobody is signed in",
    403: "Signed in, but not allowed",
    404: "There is no such thing",
    409: "Its state does not allow this",
    422: "Some values are not accepted; `errors` names the fields",
    429: "Too many tries; see Retry-After",
    503: "Too busy, or the store does not answer; see Retry-After",
}


class FieldError(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457, with a stable `slug` and sometimes more fields, such as `id`."""

    type: str = Field(examples=["urn:doorpakken:problem:not-found"])
    title: str
    status: int
    detail: str = Field(description="a sentence that helps")
    slug: str
    errors: list[FieldError] | None = None


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of an endpoint, for its `responses`."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    schema["properties"]["errors"] = {"type": "array", "items": FieldError.model_json_schema()}
    return {
        status: {
            "description": _MEANINGS[status],
            "content": {"application/problem+json": {"schema": schema}},
        }
        for status in statuses
    }
