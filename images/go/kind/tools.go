//go:build tools

// Package tools pins every program this bundle builds.
package tools

import _ "sigs.k8s.io/kind"
