//go:build tools

// Package tools pins the module whose CustomResourceDefinitions are taken.
package tools

import _ "github.com/kubernetes-csi/external-snapshotter/client/v8/apis/volumesnapshot/v1"
