#!/usr/bin/env bash
# eng/release.sh FOLDER: packs twice, the second time in a clone of its own, and leaves the packages in the folder where both are the
# same: with a bill of materials of each (CycloneDX) and SHA256SUMS.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/eng/prerequisites.sh"

[ $# -eq 1 ] || fail "which folder? eng/release.sh FOLDER"
mkdir -p "$1"
folder=$(cd "$1" && pwd)
[ -z "$(ls -A "$folder")" ] || fail "$folder is not empty"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$root/eng/pack.sh" "$folder"

git clone --quiet "$root" "$work/clone"
git -C "$work/clone" checkout --quiet --detach "$(git -C "$root" rev-parse HEAD)"
if address=$(git -C "$root" remote get-url origin 2>/dev/null); then
  git -C "$work/clone" remote set-url origin "$address"
fi
"$work/clone/eng/pack.sh" "$work/again"

for package in "$folder"/*.nupkg; do
  cmp "$package" "$work/again/$(basename "$package")" || fail "two packs of one commit differ: $(basename "$package")"
done

SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct) dotnet run --project "$root/eng/release" -c Release -- "$folder" "$root/src/EdgeSlim.Tasks/obj/project.assets.json"
(cd "$folder" && sha256sum -- * >"$work/SHA256SUMS" && mv "$work/SHA256SUMS" .)
echo "Packed twice, the same both times:"
cat "$folder/SHA256SUMS"
