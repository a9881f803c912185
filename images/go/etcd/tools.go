//go:build tools

// Package tools pins every program this bundle builds.
package tools

import _ "go.etcd.io/etcd/server/v3"
