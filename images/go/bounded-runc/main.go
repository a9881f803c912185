// Command bounded-runc is runc for a host whose own capability bounding set is not full.
//
// A privileged container asks for every capability; where the host lacks one, runc fails.
// This wrapper takes the missing capabilities out of the bundle's config.json and of --process
// files, lifts negative OOM scores where CAP_SYS_RESOURCE is missing, and then becomes runc.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

const sysResource = 24

var capabilityNames = []string{
	"CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
	"LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER",
	"SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE",
	"SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP",
	"MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF",
	"CHECKPOINT_RESTORE",
}

func main() {
	if err := run(os.Args); err != nil {
		fmt.Fprintf(os.Stderr, "bounded-runc: %v\n", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	bounding, err := boundingSet()
	if err != nil {
		return err
	}
	for index, argument := range args {
		if index+1 >= len(args) {
			break
		}
		switch argument {
		case "--bundle", "-b":
			err = rewrite(filepath.Join(args[index+1], "config.json"), bounding, func(document map[string]any) map[string]any {
				process, _ := document["process"].(map[string]any)
				return process
			})
		case "--process", "-p":
			err = rewrite(args[index+1], bounding, func(document map[string]any) map[string]any { return document })
		}
		if err != nil {
			return err
		}
	}
	runc, err := exec.LookPath("runc")
	if err != nil {
		return err
	}
	return syscall.Exec(runc, append([]string{"runc"}, args[1:]...), os.Environ())
}

func boundingSet() (uint64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for _, line := range strings.Split(string(status), "\n") {
		if value, found := strings.CutPrefix(line, "CapBnd:"); found {
			return strconv.ParseUint(strings.TrimSpace(value), 16, 64)
		}
	}
	return 0, fmt.Errorf("no CapBnd line in /proc/self/status")
}

func rewrite(path string, bounding uint64, processOf func(map[string]any) map[string]any) error {
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	var document map[string]any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // limits are 64-bit: a float would round them
	if err := decoder.Decode(&document); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if process := processOf(document); process != nil {
		bound(process, bounding)
	}
	changed, err := json.Marshal(document)
	if err != nil {
		return err
	}
	return os.WriteFile(path, changed, 0o600)
}

func bound(process map[string]any, bounding uint64) {
	sets, _ := process["capabilities"].(map[string]any)
	for set, value := range sets {
		names, _ := value.([]any)
		kept := []any{}
		for _, name := range names {
			if text, _ := name.(string); allowed(text, bounding) {
				kept = append(kept, name)
			}
		}
		sets[set] = kept
	}
	number, _ := process["oomScoreAdj"].(json.Number)
	if score, _ := number.Int64(); score < 0 && bounding&(1<<sysResource) == 0 {
		process["oomScoreAdj"] = 0
	}
}

func allowed(name string, bounding uint64) bool {
	for bit, known := range capabilityNames {
		if "CAP_"+known == name {
			return bounding&(1<<bit) != 0
		}
	}
	return false
}
