# The rules that are built into EdgeSlim, in Rego: a beginning for rules of your own. They read policy-input.json, whose schema
# is docs/facts.schema.json. 'deny' keeps an image from being delivered, 'warn' is said.
package edgeslim

import future.keywords

allowed_bases := ["scratch", "sliced", "mcr.microsoft.com/", "docker.io/library/", "gcr.io/distroless/"]

required_labels := ["org.opencontainers.image.title", "org.opencontainers.image.created"]

max_bytes := 100000000

# What the built-in rules found, whatever their level is. Exempted breaches do not count.
breaches(rule) := {breach |
	some check in input.policy.checks
	check.rule == rule
	some breach in check.breaches
	not breach.exempted
}

deny contains msg if {
	not base_is_allowed
	msg := sprintf("the base '%s' is not from an allowed source", [input.image.base.name])
}

base_is_allowed if {
	some allowed in allowed_bases
	startswith(input.image.base.name, allowed)
}

deny contains msg if {
	input.image.base.digest
	not contains(input.image.base.name, "@sha256:")
	not input.image.base.isLocked
	msg := sprintf("the base '%s' is neither named by its digest nor locked", [input.image.base.name])
}

deny contains msg if {
	split(input.image.user, ":")[0] in {"root", "0"}
	msg := sprintf("the image runs as '%s'", [input.image.user])
}

denied := {
	"ssh-server": "an SSH server",
	"secret": "a secret",
	"setuid": "a setuid file",
	"world-writable": "a file that everybody may write",
}

deny contains msg if {
	some rule, what in denied
	some breach in breaches(rule)
	msg := sprintf("there is %s in the image: %s", [what, breach.subject])
}

warned := {
	"shell": "a shell",
	"package-manager": "a package manager",
	"compiler": "a compiler or debugger",
	"debug-symbols": "a file with debug symbols",
}

warn contains msg if {
	some rule, what in warned
	some breach in breaches(rule)
	msg := sprintf("there is %s in the image: %s", [what, breach.subject])
}

warn contains msg if {
	some port in input.image.ports
	to_number(split(split(port, "/")[0], "-")[0]) < 1024
	msg := sprintf("the port %s is one that only root may open", [port])
}

deny contains msg if {
	input.image.compressedBytes > max_bytes
	msg := sprintf("the image has %d bytes compressed, where %d are allowed", [input.image.compressedBytes, max_bytes])
}

deny contains msg if {
	some label in required_labels
	object.get(input.image.labels, label, "") == ""
	msg := sprintf("the label '%s' is missing", [label])
}

deny contains msg if {
	some judged in input.scan.findings
	judged.finding.severity == "critical"
	not judged.verdict in {"ignored", "notPresent"}
	msg := sprintf("%s in %s %s is critical", [judged.finding.id, judged.finding["package"], judged.finding.version])
}
