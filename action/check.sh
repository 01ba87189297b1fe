#!/usr/bin/env bash
# Checks the catalogs that FILES names, one a line, as the inputs of action.yml say.
set -euo pipefail

arguments=(check --format github)
if [[ ${DENY_WARNINGS:-} == true ]]; then
    arguments+=(--deny-warnings)
fi
if [[ -n ${AGAINST:-} ]]; then
    arguments+=(--against "$AGAINST")
fi
# Behind it, a file may be called as an option is.
arguments+=(--)
while IFS= read -r file; do
    file=${file%$'\r'}
    if [[ -n $file ]]; then
        arguments+=("$file")
    fi
done <<<"${FILES:-}"
exec kate-errors "${arguments[@]}"
