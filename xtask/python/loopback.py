"""A server for a task: it listens on the loopback interface, and ends when the task ends."""

import os
import socket
import sys
import threading


def listen() -> socket.socket:
    """Takes a free port of the loopback interface, and tells the task which."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    threading.Thread(target=end_with_the_task, daemon=True).start()
    # No task takes longer; a server that nobody ends ends itself.
    limit = threading.Timer(1800, os._exit, (1,))
    limit.daemon = True
    limit.start()
    return listener


def end_with_the_task() -> None:
    """The task holds the other end of the standard input: it closes however the task ends."""
    sys.stdin.buffer.read()
    os._exit(0)
