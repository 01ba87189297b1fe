#!/usr/bin/env bash
# Installs version VERSION of the command `kate-errors`. If VERSION is empty, any installed version is kept.
set -euo pipefail

version=${VERSION:-}
if installed=$(kate-errors --version 2>/dev/null) && [[ -z $version || $installed == "kate-errors $version" ]]; then
    echo "$installed is installed"
    exit
fi
# A prebuilt binary installs within seconds; building takes minutes.
if cargo binstall -V >/dev/null 2>&1; then
    cargo binstall --no-confirm --force "kate-errors-cli${version:+@$version}"
else
    cargo install --locked --force "kate-errors-cli${version:+@$version}"
fi
