#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs before setup.sh when the node image is kind's own. $@: Debian packages that it lacks.
set -euo pipefail
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export DEBIAN_FRONTEND=noninteractive

enabled() { find /etc/systemd/system -path '*.wants/*' | sort; }
enabled >/tmp/enabled-before

# apt's own user may not leave root on a host with few capabilities; nothing here outlives the image
apt=(apt-get --quiet --option APT::Sandbox::User=root)
mkdir -p /var/lib/apt/lists/partial /var/cache/apt/archives/partial
"${apt[@]}" update
"${apt[@]}" install --yes --no-install-recommends "$@"
"${apt[@]}" clean
rm -rf /var/lib/apt/lists/*

# packages enable services for machines with disks of their own
enabled | comm -13 /tmp/enabled-before - | xargs --no-run-if-empty rm
