#!/usr/bin/env bash
# Installs the command `kate-errors` in the version VERSION; any version that is there will do where that is empty.
set -euo pipefail

version=${VERSION:-}
if installed=$(kate-errors --version 2>/dev/null) && [[ -z $version || $installed == "kate-errors $version" ]]; then
    echo "$installed is installed"
    exit
fi
# What is built already takes seconds, and building takes minutes.
if cargo binstall -V >/dev/null 2>&1; then
    cargo binstall --no-confirm --force "kate-errors-cli${version:+@$version}"
else
    cargo install --locked --force "kate-errors-cli${version:+@$version}"
fi
