"""Runs a server that knows nothing of the task, and ends it when the task ends."""

import subprocess
import sys
import threading

server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)


def end_with_the_task() -> None:
    """The task holds the other end of the standard input: it closes however the task ends."""
    sys.stdin.buffer.read()
    server.kill()


threading.Thread(target=end_with_the_task, daemon=True).start()
sys.exit(server.wait())
