"""What the applications share: the rows of the catalog, and an end when the task ends."""

import json
import os
import socket
import sys
import threading

with open(os.environ["KATE_ROWS"], encoding="utf-8") as file:
    # Each has `code`, `status`, `detail` and `headers`, as the library renders them.
    ROWS = {row["code"]: row for row in json.load(file)}


def listen() -> socket.socket:
    """Takes a free port of the loopback interface, and tells the task which."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    threading.Thread(target=end_with_the_task, daemon=True).start()
    return listener


def end_with_the_task() -> None:
    """The task holds the other end of the standard input: it closes however the task ends."""
    sys.stdin.buffer.read()
    os._exit(0)
