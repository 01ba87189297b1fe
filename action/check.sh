#!/usr/bin/env bash
# Checks the catalogs in FILES, one per line, with the options that the inputs of action.yml set.
set -euo pipefail

arguments=(check --format github)
if [[ ${DENY_WARNINGS:-} == true ]]; then
    arguments+=(--deny-warnings)
fi
if [[ -n ${AGAINST:-} ]]; then
    arguments+=(--against "$AGAINST")
fi
# After `--`, a file name may look like an option.
arguments+=(--)
while IFS= read -r file; do
    file=${file%$'\r'}
    if [[ -n $file ]]; then
        arguments+=("$file")
    fi
done <<<"${FILES:-}"
exec kate-errors "${arguments[@]}"
