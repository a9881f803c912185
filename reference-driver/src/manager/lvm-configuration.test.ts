// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { withDevices } from "./lvm-configuration.ts";

const KIT =
  'devices { global_filter = [ "a|^/dev/loop5$|", "r|.*|" ] use_devicesfile = 0 }\nbackup { backup = 0 }\n';

it("adds devices in front of the rule that rejects the rest", () => {
  expect(withDevices(KIT, ["/dev/sdb", "/dev/loop5"])).toBe(
    'devices { global_filter = [ "a|^/dev/loop5$|", "a|^/dev/sdb$|", "r|.*|" ] use_devicesfile = 0 }\nbackup { backup = 0 }\n',
  );
});

it("leaves a file alone that has them all", () => {
  const once = withDevices(KIT, ["/dev/sdb"]);
  expect(withDevices(once, ["/dev/sdb"])).toBe(once);
});

it("makes a file that sees the chosen devices alone", () => {
  expect(withDevices(undefined, ["/dev/disk/by-id/x.1"])).toContain(
    'global_filter = [ "a|^/dev/disk/by-id/x[.]1$|", "r|.*|" ]',
  );
});

it.each(["", 'devices { global_filter = [ "a|.*|" ] }'])("does not touch %j", (text) => {
  expect(() => withDevices(text, ["/dev/sdb"])).toThrow("global_filter that ends with");
});
