// SPDX-License-Identifier: Apache-2.0
// In its first life the machine writes synced records on two volumes until its power is cut; in its second, on the same disk,
// it looks for every record that was confirmed, on the volumes and in what is restored from a snapshot of the first life.
import { constants, existsSync, fsyncSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { runCommand } from "../../../src/support/run-command.ts";
import { driverOnPool, EXT4, XFS } from "../../driver-on-pool.ts";
import type { DriverOnPool } from "../../driver-on-pool.ts";
import { makePool } from "../../temporary-pool.ts";
import type { TemporaryPool } from "../../temporary-pool.ts";
import { ACKNOWLEDGED, LOSSES, POOL } from "../power-files.ts";
import { findRecords, recordOf, RECORD_BYTES } from "./power-record.ts";

const WORK = "/mnt/work";
const MIB = 1024 ** 2;
/** By volume: ext4, and xfs, which is never smaller. */
const VOLUME_MIB = [64, 320] as const;
/** Records before the snapshot is taken. */
const BEFORE_SNAPSHOT = 60;

interface FirstLife {
  readonly pool: Omit<TemporaryPool, "remove">;
  readonly volumes: readonly string[];
}

if (process.env["LIFE"] === "before") await write();
else await look();

async function write(): Promise<void> {
  process.env["TMPDIR"] = WORK;
  const pool = await makePool("power", 1024 * MIB);
  const driver = await driverOnPool(pool);
  const capabilities = [EXT4, XFS];
  const volumes: string[] = [];
  const files: number[] = [];
  for (const [index, capability] of capabilities.entries()) {
    const id = await driver.createVolume(`v${String(index)}`, VOLUME_MIB[index] ?? 0, undefined, capability);
    volumes.push(id);
    const staged = await driver.stage(id, capability);
    files.push(openSync(path.join(staged, "records"), "w"));
  }
  writeFileSync(`${WORK}/${POOL}`, JSON.stringify({ pool, volumes } satisfies FirstLife), { flush: true });
  // O_SYNC: a line is with the host before the next record is begun.
  const acknowledged = openSync(
    `${WORK}/${ACKNOWLEDGED}`,
    constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_SYNC,
  );
  for (let number = 0; ; number += 1) {
    const file = files[number % files.length] ?? -1;
    const record = recordOf(number);
    writeSync(file, record, 0, RECORD_BYTES, Math.floor(number / files.length) * RECORD_BYTES);
    if (process.env["SYNC"] === "1") fsyncSync(file);
    if (number === BEFORE_SNAPSHOT) await driver.createSnapshot("s", volumes[0] ?? "");
    writeSync(acknowledged, `${String(number)}\n`);
  }
}

async function look(): Promise<void> {
  const { pool, volumes } = JSON.parse(readFileSync(`${WORK}/${POOL}`, "utf8")) as FirstLife;
  const lines = readFileSync(`${WORK}/${ACKNOWLEDGED}`, "utf8").split("\n");
  const confirmed = lines.length - 1;
  process.env["LVM_SYSTEM_DIR"] = pool.lvmSystemDir;
  await runCommand(["losetup", pool.device, pool.backingFile]);
  const driver = await driverOnPool({ ...pool, remove: () => Promise.resolve() });
  const losses: string[] = [];
  for (const [index, id] of volumes.entries()) {
    const staged = await driver.stage(id, index === 0 ? EXT4 : XFS);
    const expected = numbersOf(confirmed, index, volumes.length);
    losses.push(...missing(`volume ${String(index)}`, staged, expected));
  }
  losses.push(
    ...missing(
      "the restored snapshot",
      await restored(driver),
      numbersOf(BEFORE_SNAPSHOT, 0, volumes.length),
    ),
  );
  writeFileSync(`${WORK}/${LOSSES}`, losses.join("\n"), { flush: true });
  process.stdout.write(`${String(confirmed)} records were confirmed, ${String(losses.length)} are missing\n`);
}

async function restored(driver: DriverOnPool): Promise<string> {
  const snapshot = (await driver.store.list()).find(({ kind }) => kind === "snapshot");
  if (snapshot === undefined) throw new Error("the snapshot that was confirmed is gone");
  return driver.stage(await driver.createVolume("restored", VOLUME_MIB[0], snapshot.id), EXT4);
}

/** The records below a number that are on one of so many volumes. */
function numbersOf(below: number, index: number, volumes: number): number[] {
  return Array.from({ length: below }, (_unused, number) => number).filter((one) => one % volumes === index);
}

function missing(where: string, staged: string, expected: readonly number[]): string[] {
  const file = path.join(staged, "records");
  const found = findRecords(existsSync(file) ? readFileSync(file) : Buffer.alloc(0));
  return expected
    .filter((number) => !found.has(number))
    .map((number) => `${where} lacks record ${String(number)} of ${String(expected.at(-1))}`);
}
