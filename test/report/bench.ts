// SPDX-License-Identifier: Apache-2.0
// Measures how long a report of 500 cases takes to open in headless Chromium; says it, and asserts nothing.
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "../../src/report/rank-test.ts";
import { Browser } from "./browser.ts";
import { writeSamplePage } from "./sample-pages.ts";

const runs = 9;

const folder = await mkdtemp(join(tmpdir(), "seaworthy-bench-"));
const address = await writeSamplePage("large", folder);
const { size } = await stat(fileURLToPath(address));
const browser = await Browser.start();
const times: number[] = [];
const work: number[] = [];
for (let run = 0; run < runs; run += 1) {
  const page = await browser.open(address, "threadTicks");
  // from the start of the navigation until the page is laid out and loaded
  times.push(await page.evaluate<number>("performance.getEntriesByType('navigation')[0].loadEventEnd"));
  work.push(await page.workMs());
}
await browser.stop();
await rm(folder, { recursive: true });
const describe = (values: readonly number[]): string =>
  `${median(values).toFixed(0)} ms (median of ${String(runs)}: ${values.map((one) => one.toFixed(0)).join(", ")})`;
process.stdout.write(`500 cases, ${(size / 1024 ** 2).toFixed(1)} MiB
open after ${describe(times)}
work of the page's thread, whatever else this machine does: ${describe(work)}
`);
