#!/usr/bin/env bash
# setup.sh of a Gradescope autograder: makes its image. The workbook's repository lies in source/workbook.
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
node=v22.14.0

apt-get update
apt-get install -y --no-install-recommends bubblewrap redis-server ca-certificates curl xz-utils

archive="node-$node-linux-x64.tar.xz"
cd "$(mktemp -d)"
curl -fsSLO "https://nodejs.org/dist/$node/$archive"
curl -fsSL "https://nodejs.org/dist/$node/SHASUMS256.txt" | grep " $archive\$" | sha256sum -c -
tar -xJf "$archive" -C /usr/local --strip-components=1

npm ci --prefix "$root/source/workbook" --omit=dev --no-audit --no-fund
