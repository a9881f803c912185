// SPDX-License-Identifier: Apache-2.0

/** Folder on every node with lvm.conf and lvmlocal.conf, for LVM_SYSTEM_DIR. */
export const lvmFolder = "/etc/seaworthy/lvm";

/** Lock files shared by every LVM command of a node, in whichever container it runs. */
export const lvmLockFolder = "/run/lock/seaworthy-lvm";

/**
 * lvm.conf for a node that shares its kernel with others: it sees its own devices only, and asks no udev, which no
 * container has (lvm2 issue 70: without this lvcreate waits for a semaphore that nobody posts). No asynchronous I/O: each
 * command would wait for its end (io_destroy(2)), which takes several times as long as all else that it does.
 */
export function lvmConfiguration(devices: readonly string[]): string {
  const filter = [...devices.map((device) => `"a|^${device}$|"`), '"r|.*|"'].join(", ");
  return `activation { udev_sync = 0 udev_rules = 0 verify_udev_operations = 0 monitoring = 0 }
devices { global_filter = [ ${filter} ] obtain_device_list_from_udev = 0 external_device_info_source = "none" use_devicesfile = 0 }
backup { backup = 0 archive = 0 }
global { use_aio = 0 system_id_source = "lvmlocal" locking_dir = "${lvmLockFolder}" }
`;
}

/** Folder on every node for the pools of its zone: pools.json, and `lvm` for LVM_SYSTEM_DIR. */
export const zoneFolder = "/etc/seaworthy/zone";

/** lvmlocal.conf of a node that may use the groups of its zone as well, which are made under the zone's name. */
export function zoneLocalConfiguration(node: string, zone: string): string {
  return `local { system_id = "${node}" extra_system_ids = [ "${zone}" ] }\n`;
}

/** lvmlocal.conf: a group made under one system id is refused under every other (lvmsystemid(7)). */
export function lvmLocalConfiguration(node: string): string {
  return `local { system_id = "${node}" }\n`;
}
