package edgeslim_test

import future.keywords

import data.edgeslim

good := {
	"image": {
		"base": {"name": "scratch", "reason": "static"},
		"user": "65532",
		"ports": ["8080/tcp"],
		"labels": {"org.opencontainers.image.title": "agent", "org.opencontainers.image.created": "2026-01-01T00:00:00Z"},
		"compressedBytes": 900000,
	},
	"policy": {"checks": [{"rule": "shell", "breaches": []}]},
	"scan": {"findings": []},
}

with_image(change) := object.union(good, {"image": change})

found(rule) := object.union(good, {"policy": {"checks": [{"rule": rule, "breaches": [{"subject": "/bin/x"}]}]}})

test_good_image_passes if {
	count(edgeslim.deny) == 0 with input as good
	count(edgeslim.warn) == 0 with input as good
}

test_base_from_elsewhere if {
	count(edgeslim.deny) == 1 with input as with_image({"base": {"name": "ghcr.io/someone/base:1"}})
}

test_base_that_begins_alike if {
	count(edgeslim.deny) == 1 with input as with_image({"base": {"name": "mcr.microsoft.com.example.com/base:1"}})
}

test_base_without_digest if {
	count(edgeslim.deny) == 1 with input as with_image({"base": {"name": "mcr.microsoft.com/dotnet/runtime-deps:10.0", "digest": "sha256:0", "isLocked": false}})
	count(edgeslim.deny) == 0 with input as with_image({"base": {"name": "mcr.microsoft.com/dotnet/runtime-deps:10.0", "digest": "sha256:0", "isLocked": true}})
}

test_root if {
	count(edgeslim.deny) == 1 with input as with_image({"user": "root"})
	count(edgeslim.deny) == 1 with input as with_image({"user": "0:0"})
}

test_found_files if {
	every rule in {"ssh-server", "secret", "setuid", "world-writable"} {
		count(edgeslim.deny) == 1 with input as found(rule)
	}
	every rule in {"shell", "package-manager", "compiler", "debug-symbols"} {
		count(edgeslim.warn) == 1 with input as found(rule)
		count(edgeslim.deny) == 0 with input as found(rule)
	}
}

test_exempted if {
	count(edgeslim.deny) == 0 with input as object.union(good, {"policy": {"checks": [{"rule": "secret", "breaches": [{"subject": "/x", "exempted": "known"}]}]}})
}

test_low_port if {
	count(edgeslim.warn) == 1 with input as with_image({"ports": ["80/tcp"]})
}

test_size if {
	count(edgeslim.deny) == 1 with input as with_image({"compressedBytes": 200000000})
}

test_label if {
	count(edgeslim.deny) == 1 with input as with_image({"labels": {"org.opencontainers.image.title": ""}})
}

test_critical_finding if {
	finding := {"id": "CVE-1", "severity": "critical", "package": "P", "version": "1"}
	count(edgeslim.deny) == 1 with input as object.union(good, {"scan": {"findings": [{"finding": finding, "verdict": "warns"}]}})
	count(edgeslim.deny) == 0 with input as object.union(good, {"scan": {"findings": [{"finding": finding, "verdict": "notPresent"}]}})
}
