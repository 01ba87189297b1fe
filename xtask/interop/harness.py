"""What the applications share: the rows of the catalog."""

import json
import os

with open(os.environ["KATE_ROWS"], encoding="utf-8") as file:
    # Each has `code`, `status`, `detail` and `headers`, as the library renders them.
    ROWS = {row["code"]: row for row in json.load(file)}
