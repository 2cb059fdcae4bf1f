#!/usr/bin/env bash
# eng/pack.sh FOLDER: packs what is released, of the commit that is checked out. The same commit gives the same bytes, wherever it
# lies. The version comes from the tag vMAJOR.MINOR.PATCH; between tags it is a preview of the next one.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/eng/prerequisites.sh"

[ $# -eq 1 ] || fail "which folder? eng/pack.sh FOLDER"
mkdir -p "$1"
folder=$(cd "$1" && pwd)
require_dotnet
[ -z "$(git -C "$root" status --porcelain)" ] || fail "the work tree differs from the commit"

# What another commit's build left would stay: the SDK does not write a .deps.json anew because the version is another.
rm -rf "$root"/src/*/bin "$root"/src/*/obj

SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
export SOURCE_DATE_EPOCH
for project in EdgeSlim.Sdk EdgeSlim.Templates; do
  dotnet pack "$root/src/$project" -c Release --nologo -v quiet -p:ContinuousIntegrationBuild=true -o "$folder"
done
