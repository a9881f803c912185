//go:build tools

// Package tools pins every program this bundle builds.
package tools

import _ "github.com/kubernetes-csi/csi-test/v5/cmd/csi-sanity"
