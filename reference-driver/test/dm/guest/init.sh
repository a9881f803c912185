#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# First process of the user-mode Linux guest. The host's files are its root, read-only; the kernel's command line gives
# WORK (shared with the host, writable), MODULES and NODE as environment. Its end is the guest's end.
set -eu
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DM_DISABLE_UDEV=1 TMPDIR=/tmp HOME=/run/home
mount -t proc none /proc
mount -t sysfs none /sys
# Mounted before the folders that may hide them.
mount -t tmpfs -o mode=755 none /mnt
mkdir /mnt/work /mnt/modules /mnt/node
mount -t hostfs -o "$WORK" none /mnt/work
mount -t hostfs -o "$MODULES" none /mnt/modules
mount -t hostfs -o "$NODE" none /mnt/node
for folder in /run /var /tmp; do mount -t tmpfs -o mode=1777,size=90% none "$folder"; done
mkdir -p /run/home /run/lock /var/tmp
# LVM looks at every entry of /dev, and looking is slow here.
rm -f /dev/pty?? /dev/tty??
modprobe --all --dirname /mnt/modules dm-mod dm-snapshot dm-thin-pool loop
cd /run
code=0
/mnt/node/node /mnt/work/guest.mjs || code=$?
echo "$code" > /mnt/work/exit-code
sync
poweroff -f
