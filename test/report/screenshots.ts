// SPDX-License-Identifier: Apache-2.0
// Takes pictures of sample reports to look at: node test/report/screenshots.ts <folder>
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Browser } from "./browser.ts";
import { writeSamplePage } from "./sample-pages.ts";

const folder = resolve(process.argv[2] ?? "screenshots");
const views = [
  { name: "light", width: 1280, scheme: "light" },
  { name: "dark", width: 1280, scheme: "dark" },
  { name: "narrow", width: 420, scheme: "light" },
] as const;

await mkdir(folder, { recursive: true });
const browser = await Browser.start();
for (const kind of ["passing", "partial", "failing", "large"] as const) {
  const page = await browser.open(await writeSamplePage(kind, join(folder, kind)));
  for (const { name, width, scheme } of views) {
    await page.resize(width);
    await page.show(scheme);
    await writeFile(join(folder, `${kind}-${name}.png`), await page.picture());
  }
  await writeFile(join(folder, `${kind}-print.pdf`), await page.print());
}
await browser.stop();
process.stdout.write(`${folder}\n`);
