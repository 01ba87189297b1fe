// The names of catalogs, and their files: that of Kate, one that has everything that a catalog can have, one the way a
// team has it, one of errors that are hard to tell apart, one with every type, and some with other bodies. There are
// vectors for each of them, which decoders in other languages read.
&[
    ("kate", "errors.yaml"),
    ("jobs", "tests/catalogs/jobs.yaml"),
    ("teams", "tests/catalogs/teams.yaml"),
    ("twins", "tests/catalogs/twins.yaml"),
    ("types", "tests/catalogs/types.yaml"),
    ("error_objects", "tests/catalogs/error_objects.yaml"),
    ("by_code", "tests/catalogs/by_code.yaml"),
    ("azure", "tests/catalogs/azure.yaml"),
    ("every_slot", "tests/catalogs/every_slot.yaml"),
    ("code_or_detail", "tests/catalogs/code_or_detail.yaml"),
    ("code_and_detail", "tests/catalogs/code_and_detail.yaml"),
    ("members", "tests/catalogs/members.yaml"),
    ("numbers", "tests/catalogs/numbers.yaml"),
    ("free", "tests/catalogs/free.yaml"),
    ("requests", "tests/catalogs/requests.yaml"),
    ("statuses", "tests/catalogs/statuses.yaml"),
]
