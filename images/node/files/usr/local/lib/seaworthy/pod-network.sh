#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The pod range follows from the node's address, 172.18.0.5 → 10.244.5.0/24, so that every node knows every route at boot:
# no daemon, nothing to wait for, and a restarted node has its network back before kubelet starts.
set -euo pipefail
address=$(ip -4 -oneline address show dev eth0 | awk '{ split($4, part, "/"); print part[1]; exit }')
network=${address%.*}
own=${address##*.}

mkdir -p /etc/cni/net.d
cat >/etc/cni/net.d/10-seaworthy.conflist <<JSON
{
  "cniVersion": "1.0.0",
  "name": "seaworthy",
  "plugins": [
    {
      "type": "ptp",
      "mtu": 1500,
      "ipMasq": false,
      "ipam": { "type": "host-local", "dataDir": "/run/cni-ipam-state", "ranges": [[{ "subnet": "10.244.$own.0/24" }]], "routes": [{ "dst": "0.0.0.0/0" }] }
    },
    { "type": "portmap", "capabilities": { "portMappings": true } }
  ]
}
JSON
for peer in $(seq 2 254); do
  [ "$peer" = "$own" ] || echo "route replace 10.244.$peer.0/24 via $network.$peer dev eth0"
done | ip -batch -
