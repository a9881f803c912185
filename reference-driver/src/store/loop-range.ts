// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../support/run-command.ts";
import type { ByteRange } from "./extents.ts";

/**
 * Reads a loop device's state, puts another offset and size limit into it and sets it (linux/loop.h, struct loop_info64:
 * lo_offset and lo_sizelimit are two 64-bit numbers from byte 24). losetup can give both to a new device only.
 */
const SET_RANGE = `
use strict;
my ($device, $offset, $limit) = @ARGV;
open(my $loop, "<", $device) or die "$device: $!";
my $status = chr(0) x 232;
ioctl($loop, 0x4C05, $status) or die "$device: LOOP_GET_STATUS64: $!";
substr($status, 24, 16) = pack("QQ", $offset, $limit);
ioctl($loop, 0x4C04, $status) or die "$device: LOOP_SET_STATUS64: $!";
`;

/**
 * Makes a loop device map another range of its physical device, also while it is in use: the kernel writes back what it
 * holds and lets no request through meanwhile. Perl is part of every Debian system, and Node.js has no ioctl.
 */
export async function setLoopRange(loop: string, range: ByteRange): Promise<void> {
  await runCommand(["perl", "-e", SET_RANGE, loop, String(range.offset), String(range.length)]);
}
