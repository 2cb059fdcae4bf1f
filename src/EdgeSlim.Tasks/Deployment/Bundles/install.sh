#!/bin/sh
# Puts what is in this folder where K3s looks for it, after it was held against its checksums. Running it again changes
# nothing. Nothing is fetched, and K3s is not restarted.
set -eu
umask 022

name=@NAME@
root=
data=/var/lib/rancher/k3s
kubelet=/var/lib/kubelet
manifests=yes

usage() {
  cat <<END
usage: install.sh [--root DIR] [--data-dir DIR] [--kubelet-dir DIR] [--agent]

  --root DIR         the root of the device's file system, where it is mounted elsewhere
  --data-dir DIR     K3s' data, $data
  --kubelet-dir DIR  the kubelet's data, $kubelet
  --agent            the node only runs what the server tells it: no manifests
END
}

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case $1 in
    --root) [ $# -gt 1 ] || fail "--root needs a folder"; root=${2%/}; shift 2 ;;
    --data-dir) [ $# -gt 1 ] || fail "--data-dir needs a folder"; data=${2%/}; shift 2 ;;
    --kubelet-dir) [ $# -gt 1 ] || fail "--kubelet-dir needs a folder"; kubelet=${2%/}; shift 2 ;;
    --agent) manifests=no; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "there is no option $1" ;;
  esac
done

case $root in
  '' | /*) ;;
  *) root=$PWD/$root ;;
esac
cd "$(dirname "$0")"
command -v sha256sum >/dev/null || fail "sha256sum is missing"
[ -s SHA256SUMS ] || fail "SHA256SUMS is missing or empty: the bundle is damaged, and nothing was changed"
# Of lines that are none sha256sum only warns.
! grep -qvE '^[0-9a-f]{64}  [A-Za-z0-9._/-]+$' SHA256SUMS || fail "SHA256SUMS has a line that is no checksum: the bundle is damaged, and nothing was changed"
sha256sum -c SHA256SUMS >/dev/null 2>&1 || fail "a file does not have its checksum: the bundle is damaged, and nothing was changed"

# What is placed has to be among what was checked.
for file in "images/$name.tar" "manifests/$name.yaml"; do
  grep -q "  $file\$" SHA256SUMS || fail "SHA256SUMS does not list $file: the bundle is damaged, and nothing was changed"
done
if [ -e "seccomp/$name.json" ]; then
  grep -q "  seccomp/$name.json\$" SHA256SUMS || fail "SHA256SUMS does not list seccomp/$name.json: the bundle is damaged, and nothing was changed"
fi

# place FILE TARGET: whole or not at all; K3s passes over names that end in .partial.
place() {
  target=$root$2
  if cmp -s "$1" "$target" 2>/dev/null; then
    echo "unchanged  $target"
    return
  fi
  mkdir -p "$(dirname "$target")" || fail "$(dirname "$target") cannot be made"
  partial=$(dirname "$target")/.$(basename "$target").partial
  if ! cp "$1" "$partial" || ! mv -f "$partial" "$target"; then
    rm -f "$partial"
    fail "$target cannot be written"
  fi
  echo "placed     $target"
}

# The manifests last: what they name is there by then.
if [ -e "seccomp/$name.json" ]; then
  place "seccomp/$name.json" "$kubelet/seccomp/edgeslim/$name.json"
fi
place "images/$name.tar" "$data/agent/images/$name.tar"
if [ "$manifests" = yes ]; then
  place "manifests/$name.yaml" "$data/server/manifests/$name.yaml"
fi
echo "K3s imports the image when it starts; newer versions do so at once."
