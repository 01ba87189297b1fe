"""Type checkers accept a match over all errors as exhaustive, and reject one that lacks an error."""

from __future__ import annotations

from typing_extensions import assert_never

from jobs_errors import (
    AnyJobsError,
    BadNameError,
    BadOffsetError,
    BracesError,
    JobNotFoundError,
    JobStateError,
    LoginFailedError,
    TooManyJobsError,
    TooManyRunsError,
    TooManyThingsError,
)


def name(error: AnyJobsError) -> str:
    match error:
        case JobNotFoundError(id=job) | LoginFailedError(user=job):
            return job
        case JobStateError(state=state):
            return state
        case BadOffsetError(offset=offset):
            return str(offset + 1)
        case BadNameError() | BracesError() | TooManyJobsError() | TooManyRunsError():
            return error.detail
        case TooManyThingsError():
            return error.retired or ""
        case _:
            assert_never(error)


def lacks_one(error: JobNotFoundError | BracesError) -> str:
    match error:
        case JobNotFoundError():
            return ""
        case _:
            assert_never(error)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
