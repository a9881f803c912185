//go:build tools

// Package tools pins every program this bundle builds.
package tools

import _ "github.com/google/go-containerregistry/cmd/crane"
