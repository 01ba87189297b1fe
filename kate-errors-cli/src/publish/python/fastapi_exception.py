

def http_exception(error: $Error, headers: Mapping[str, str] | None = None) -> fastapi.HTTPException:
    """The error as an exception of FastAPI's own, for an app on which `install` was not called."""
    return fastapi.HTTPException(error.status, error.detail, {**dict(error.row.sent[error.status].headers), **(headers or {})})
