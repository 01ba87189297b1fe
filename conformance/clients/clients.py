"""Reads errors with what generators for Python make of a document: python clients.py URL

The current folder has a client of openapi-python-client (`httpx_client`), one of openapi-generator (`openapi_client`), and
models of datamodel-code-generator (`models`). URL is that of `responses.py`.
"""

from __future__ import annotations

import importlib
import inspect
import json
import sys
import urllib.request
from typing import Any

sys.path.insert(0, "")
import httpx_client
import models
import openapi_client
import pydantic

url = sys.argv[1]
with urllib.request.urlopen(url, timeout=10) as response:
    cases: Any = json.load(response)
assert len(cases) > 2, cases


def openapi_python_client(case: Any, headers: dict[str, str]) -> Any:
    module = importlib.import_module(f"httpx_client.api.default.{case['operation']}")
    client = httpx_client.Client(base_url=url, headers=headers)
    parameters = [name for name in inspect.signature(module.sync_detailed).parameters if name != "client"]
    response = module.sync_detailed(**dict.fromkeys(parameters, "x"), client=client)
    assert response.status_code == case["status"], response
    return response.parsed.to_dict()


def openapi_generator(case: Any, headers: dict[str, str]) -> Any:
    client = openapi_client.ApiClient(openapi_client.Configuration(host=url))
    client.default_headers.update(headers)
    method = getattr(openapi_client.DefaultApi(client), case["operation"])
    names = [name for name in inspect.signature(method).parameters if not name.startswith("_")]
    try:
        method(**dict.fromkeys(names, "x"))
    except openapi_client.ApiException as error:
        assert error.status == case["status"], error
        return without_nulls(error.data.to_dict())
    raise AssertionError(f"{case['name']} is no error")


def without_nulls(value: Any) -> Any:
    """openapi-generator writes optional members that were absent as null, so nulls are not compared."""
    if not isinstance(value, dict):
        return value
    return {name: without_nulls(member) for name, member in value.items() if member is not None}


def is_of_model(case: Any, body: Any) -> bool:
    try:
        model = getattr(models, case["schema"]).model_validate(body)
    except pydantic.ValidationError:
        return False
    assert model.model_dump(mode="json", exclude_unset=True) == body, model
    return True


for number, case in enumerate(cases, 1):
    headers = {"x-case": str(number)}
    assert openapi_python_client(case, headers) == case["body"], case
    assert openapi_generator(case, headers) == without_nulls(case["body"]), case
    assert is_of_model(case, case["body"]), case
    of_schema = [it["body"] for it in cases if it["schema"] == case["schema"]]
    for other in cases:
        assert other["body"] in of_schema or not is_of_model(case, other["body"]), (case, other)
print(f"clients of openapi-python-client and openapi-generator, and models of datamodel-code-generator: {len(cases)} errors")
