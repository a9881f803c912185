// SPDX-License-Identifier: Apache-2.0

const FILTER = /global_filter\s*=\s*\[([^\]]*)\]/;
const REJECT_REST = '"r|.*|"';

/**
 * lvm.conf that lets LVM see the devices given too. Whatever else the file says stays.
 * @param text the file's content; without any, one is made that sees these devices alone
 * @throws Error for a file whose filter does not end by rejecting the rest: it is not for us to change
 */
export function withDevices(text: string | undefined, devices: readonly string[]): string {
  if (text === undefined) return blank(devices);
  const inside = FILTER.exec(text)?.[1];
  if (inside?.trim().endsWith(REJECT_REST) !== true)
    throw new Error(`lvm.conf: a global_filter that ends with ${REJECT_REST} is expected`);
  const missing = devices.map(accept).filter((rule) => !inside.includes(rule));
  if (missing.length === 0) return text;
  const rules = inside.trim().slice(0, -REJECT_REST.length);
  return text.replace(
    FILTER,
    () => `global_filter = [ ${rules}${missing.map((rule) => `${rule}, `).join("")}${REJECT_REST} ]`,
  );
}

/** Setting for one LVM command that shows it one device and no other. */
export function onlyDevice(device: string): string {
  return `devices/global_filter=[${accept(device)},${REJECT_REST}]`;
}

/** lvmlocal.conf: a group made under one system id is refused under every other (lvmsystemid(7)). */
export function localConfiguration(node: string): string {
  return `local { system_id = "${node}" }\n`;
}

function accept(device: string): string {
  return `"a|^${device.replaceAll(/[.+*?()[\]{}]/g, "[$&]")}$|"`;
}

/** No container has udev, and lvcreate would wait for it. At its end each command would wait for asynchronous I/O, too. */
function blank(devices: readonly string[]): string {
  const rules = [...devices.map(accept), REJECT_REST].join(", ");
  return `activation { udev_sync = 0 udev_rules = 0 verify_udev_operations = 0 monitoring = 0 }
devices { global_filter = [ ${rules} ] obtain_device_list_from_udev = 0 external_device_info_source = "none" use_devicesfile = 0 }
backup { backup = 0 archive = 0 }
global { use_aio = 0 system_id_source = "lvmlocal" locking_dir = "/run/lock/seaworthy-lvm" }
`;
}
