#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs inside the root file system of every node image while it is made, after setup-built.sh or setup-pulled.sh.
set -euo pipefail
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

systemctl enable seaworthy-network.service
systemctl mask lvm2-monitor.service lvm2-lvmpolld.socket lvm2-lvmpolld.service

# kubelet gives pods negative OOM scores, which a host without CAP_SYS_RESOURCE refuses.
sed -i 's/restrict_oom_score_adj = false/restrict_oom_score_adj = true/' /etc/containerd/config.toml

# From 2.4 on containerd reads the cgroups of every container each second: with several drivers a third of two cores, for
# figures that nobody asks for.
cat >>/etc/containerd/config.toml <<'TOML'

[plugins."io.containerd.cri.v1.runtime"]
  stats_collect_period = "10m"
TOML

# The kit's own network instead of kind's, and no storage but that of the driver under test.
mkdir -p /kind/manifests
echo --- >/kind/manifests/default-cni.yaml
# kind refuses an empty file here
cat >/kind/manifests/default-storage.yaml <<'YAML'
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: standard }
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
YAML

# The images go through a containerd of our own: no node needs a registry.
cat >/tmp/containerd.toml <<'TOML'
version = 3
root = "/var/lib/containerd"
state = "/tmp/containerd-state"
disabled_plugins = ["io.containerd.cri.v1.runtime", "io.containerd.cri.v1.images", "io.containerd.grpc.v1.cri", "io.containerd.nri.v1.nri"]
[grpc]
  address = "/tmp/containerd.sock"
TOML
mkdir -p /tmp/containerd-state
exec 3< <(exec containerd --config /tmp/containerd.toml 2>&1)
containerd_id=$!
# its log says when it serves; grep fails when it ends before that
grep --max-count=1 'successfully booted' <&3
cat <&3 >/tmp/containerd.log &
ctr --address /tmp/containerd.sock --namespace k8s.io images import --label io.cri-containerd.pinned=pinned \
  --no-unpack --digests /pod-images.tar || { cat /tmp/containerd.log; exit 1; }
kill "$containerd_id"
wait
rm -rf /tmp/* /run/containerd
