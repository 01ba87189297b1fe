// The names and files of catalogs: the Kate catalog, one that uses every feature, one as a team writes it, one with
// errors that are hard to tell apart, one with every type, and some with other envelopes. Each has vectors, which
// decoders in other languages read.
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
    ("workshop", "tests/catalogs/workshop.yaml"),
]
