"""How to use the package of the Kate catalog: mypy and pyright check this file, and it is run."""

from __future__ import annotations

import copy
import pickle

import httpx
import requests
from typing_extensions import assert_never

from kate_errors import (
    AlreadySubscribedError,
    ArtifactNotFoundError,
    FieldError,
    KateError,
    Known,
    NotAnError,
    OutOfScope,
    ResponseError,
    RunNotFoundError,
    SubscribeError,
    SubscriptionInsufficientTokenBalanceError,
    TokenBalance,
    Unknown,
    Validation,
    decode,
    error_of,
    raise_for_error,
)


def missing_tokens(status: int, body: bytes) -> int | None:
    decoded = decode(status, body, operation="subscribe")
    if isinstance(decoded, (Unknown, Validation, NotAnError)):
        return None
    match decoded.error:
        case SubscriptionInsufficientTokenBalanceError(context=TokenBalance() as balance):
            return balance.required - balance.available
        case ArtifactNotFoundError() | AlreadySubscribedError():
            return 0
        case _:
            return None


def advice(status: int, body: object) -> str:
    """The operation narrows the type, so a match over its errors is exhaustive."""
    decoded = decode(status, body, operation="subscribe")
    if not isinstance(decoded, Known):
        return "unknown"
    if isinstance(decoded, OutOfScope):
        return f"unexpected: {decoded.error.detail}"
    error: SubscribeError = decoded.error
    match error:
        case ArtifactNotFoundError():
            return "there is no such artifact"
        case AlreadySubscribedError():
            return "you have it already"
        case SubscriptionInsufficientTokenBalanceError():
            return "you lack tokens"
        case _:
            assert_never(error)


assert advice(404, '{"detail":"Artifact not found"}') == "there is no such artifact"
assert advice(404, '{"detail":"Run not found"}') == "unexpected: Run not found"
assert advice(502, "<html>") == "unknown"


def raised(response: httpx.Response | requests.Response) -> Exception | None:
    try:
        raise_for_error(response, operation="subscribe")
    except (KateError, ResponseError) as error:
        assert error.response is response
        return error
    return None


def of_requests(status: int, body: bytes) -> requests.Response:
    response = requests.Response()
    response.status_code, response._content = status, body  # pyright: ignore[reportPrivateUsage]
    return response


def of_httpx(status: int, body: bytes) -> httpx.Response:
    return httpx.Response(status, content=body)


for make in (of_httpx, of_requests):
    assert isinstance(raised(make(404, b'{"detail":"Run not found"}')), RunNotFoundError)
    odd = raised(make(404, b'{"detail":"Gone, secret"}'))
    assert isinstance(odd, ResponseError) and isinstance(odd.decoded, Unknown)
    assert str(odd) == "404: not an error of the catalog (other_message)"
    assert str(raised(make(422, b'{"detail":[]}'))) == "422: the request is not valid"
    assert raised(make(200, b"{}")) is raised(make(302, b"")) is None
    kept = pickle.loads(pickle.dumps(odd))
    assert isinstance(kept, ResponseError) and kept.decoded == odd.decoded and kept.response is None


def subscribe(price: int, wallet: int) -> None:
    if wallet < price:
        context = TokenBalance(required=price, available=wallet)
        raise SubscriptionInsufficientTokenBalanceError(context=context)


try:
    subscribe(500, 120)
    raise AssertionError("nothing was raised")
except KateError as error:
    assert (error.status, error.code) == (402, "subscription_insufficient_token_balance")
    assert error.body == b'{"detail":"Insufficient token balance. Required: 500, available: 120"}'
    assert error.fix == "Add tokens to your wallet"
    assert copy.deepcopy(error) == error == pickle.loads(pickle.dumps(error))
    assert "required=500" in repr(error)
    assert missing_tokens(error.status, error.body) == 380

assert missing_tokens(404, b'{"detail":"Artifact not found"}') == 0
assert missing_tokens(502, b"<html>") is None
shared = decode(402, '{"detail":"Insufficient token balance"}')
assert isinstance(shared, Known) and len(shared.alternatives) == 1
assert shared.error == SubscriptionInsufficientTokenBalanceError()
scoped = decode(402, '{"detail":"Insufficient token balance"}', section="Queries")
assert isinstance(scoped, Known) and scoped.error.code == "query_insufficient_token_balance"
unknown = decode(404, {"detail": "Ran away"}, error_code="run_not_found")
assert isinstance(unknown, Unknown) and unknown.named == "run_not_found"
assert error_of("run_not_found").row.fix == "Check the run ID"
listed = decode(422, '{"detail":[{"loc":["body","items",0],"msg":"Field required","type":"missing"}]}')
assert listed.fields == (FieldError(("body", "items", 0), "missing", "Field required"),)
assert (listed.fields[0].path, listed.fields[0].pointer) == ("body.items[0]", "/body/items/0")
problem = decode(404, '{"detail":"Run not found","errors":[{"pointer":"#/run","detail":"is no UUID"}]}')
assert [f"{field.path}: {field.message}" for field in problem.fields] == ["run: is no UUID"]
assert [other.code for other in problem.others] == []
# A server lists fields too: FastAPI's list is in place of the message.
sent = ArtifactNotFoundError().with_fields([FieldError.at("items[0].a/b", "is missing", "missing")])
assert sent.body == b'{"detail":[{"type":"missing","loc":["items",0,"a/b"],"msg":"is missing"}]}'
assert decode(404, sent.body).fields == (FieldError.at("/items/0/a~1b", "is missing", "missing"),)
assert copy.copy(sent).body == sent.body and sent == ArtifactNotFoundError()
for wrong in (-1, 2**64):
    try:
        TokenBalance(required=wrong, available=0)
        raise AssertionError("a number out of range was taken")
    except OverflowError:
        pass
for other in (True, 1.0, None):
    try:
        TokenBalance(required=other, available=0)  # type: ignore[arg-type, unused-ignore]  # pyright: ignore
        raise AssertionError("what is no number was taken")
    except TypeError:
        pass
# What was decoded can be stored and sent, with everything in it.
for body in ('{"detail":"Insufficient token balance. Required: 500, available: 120"}', '{"detail":"?"}', '{"detail":[]}', "<"):
    found = decode(402, body)
    assert pickle.loads(pickle.dumps(found)) == copy.deepcopy(found) == found
for call in (lambda: TokenBalance(required=1), lambda: RunNotFoundError(id=1)):  # type: ignore[call-arg]  # pyright: ignore
    try:
        call()
        raise AssertionError("wrong arguments were taken")
    except TypeError:
        pass
