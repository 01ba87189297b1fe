

def http_exception(error: $Error, headers: Mapping[str, str] | None = None) -> fastapi.HTTPException:
    """Returns the error as FastAPI's own exception, for an app without `install`."""
    return fastapi.HTTPException(error.status, error.detail, {**dict(error.row.sent[error.status].headers), **(headers or {})})
