// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Browser, type Page } from "./browser.ts";
import { lowContrast } from "./contrast.ts";
import { secret, writeSamplePage } from "./sample-pages.ts";

const kinds = ["passing", "partial", "failing", "large"] as const;
const pages = new Map<string, { page: Page; address: string }>();
let home = "";
let browser: Browser | undefined;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seaworthy-pages-"));
  browser = await Browser.start();
  for (const kind of kinds) {
    const address = await writeSamplePage(kind, join(home, kind));
    pages.set(kind, { page: await browser.open(address), address });
  }
});

afterAll(async () => {
  await browser?.stop();
  await rm(home, { recursive: true });
});

function at(kind: (typeof kinds)[number]): Page {
  const open = pages.get(kind);
  if (open === undefined) throw new Error(`the page ${kind} was not opened`);
  return open.page;
}

test.each(kinds)(
  "the %s page opens without network, asks for nothing else and says nothing on the console",
  (kind) => {
    const { page, address } = pages.get(kind) ?? {};
    expect(page?.seen).toEqual({ requests: [address], messages: [] });
  },
);

test("what a hostile driver logs is shown and not obeyed, and its secrets are gone", async () => {
  const page = at("failing");
  expect(await page.evaluate("typeof window.pwned")).toBe("undefined");
  expect(await page.evaluate("document.querySelectorAll('script, img, iframe').length")).toBe(0);
  const text = await page.evaluate<string>("document.body.textContent");
  expect(text).toContain("<script>window.pwned = true; fetch(");
  expect(text).toContain("Volume is not here");
  expect(text).not.toContain(secret);
  expect(await page.evaluate("document.documentElement.outerHTML.includes('hunter2')")).toBe(false);
});

test.each(kinds)("on the %s page every link leads somewhere and every id is one place", async (kind) => {
  const { dead, twice } = await at(kind).evaluate<{ dead: string[]; twice: string[] }>(`(() => {
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    return {
      dead: [...document.querySelectorAll('a[href^="#"]')].map((one) => one.getAttribute("href")).filter((href) => document.querySelector(href) === null),
      twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    };
  })()`);
  expect(dead).toEqual([]);
  expect(twice).toEqual([]);
});

test("by keyboard: the first stop skips to the results, and a case opens and closes", async () => {
  const page = at("passing");
  await page.resize(1280);
  await page.press("Tab");
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the results");
  expect(await page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")).toBe(true);
  await page.evaluate("document.querySelector('.case summary').focus()");
  await page.press("Enter");
  expect(await page.evaluate("document.querySelector('.case details').open")).toBe(false);
  await page.press("Enter");
  expect(await page.evaluate("document.querySelector('.case details').open")).toBe(true);
});

test.each(kinds)("a screen reader finds a name for everything on the %s page", async (kind) => {
  const { nodes } = (await at(kind).send("Accessibility.getFullAXTree")) as unknown as {
    nodes: {
      ignored: boolean;
      role?: { value: string };
      name?: { value: string };
      properties?: { name: string; value: { value: unknown } }[];
    }[];
  };
  const named = [
    "table",
    "img",
    "image",
    "link",
    "region",
    "heading",
    "article",
    "navigation",
    "DisclosureTriangle",
  ];
  const nameless = nodes.filter(
    ({ ignored, role, name }) => !ignored && named.includes(role?.value ?? "") && (name?.value ?? "") === "",
  );
  expect(nameless.map(({ role }) => role?.value)).toEqual([]);
  const levels = nodes
    .filter(({ role }) => role?.value === "heading")
    .map(({ properties }) => Number(properties?.find(({ name }) => name === "level")?.value.value));
  expect(levels[0]).toBe(1);
  expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
});

test.each(["light", "dark"] as const)(
  "in %s every text stands out from what is behind it",
  async (scheme) => {
    for (const kind of ["passing", "partial", "failing"] as const) {
      await at(kind).show(scheme);
      expect(await at(kind).evaluate(lowContrast)).toEqual([]);
    }
  },
);

test.each(kinds)("at 420 pixels the %s page does not scroll sideways", async (kind) => {
  const page = at(kind);
  await page.resize(420);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(420);
});

test.each(kinds)(
  "at 420 pixels every outcome on the %s page is in sight, and no table hides one",
  async (kind) => {
    const page = at(kind);
    await page.resize(420);
    const hidden = await page.evaluate<string[]>(`[...document.querySelectorAll(".badge")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > 420)
    .map((one) => one.closest("tr, article").textContent.trim().slice(0, 60))`);
    expect(hidden).toEqual([]);
  },
);

test.each(kinds)("no label of a map on the %s page is cut off or runs into its neighbour", async (kind) => {
  const page = at(kind);
  await page.resize(1280);
  const outside = await page.evaluate<string[]>(`(() => {
    const nodes = [...document.querySelectorAll("#cluster .map-node")].map((one) => ["x", "y", "width", "height"].map((name) => Number(one.getAttribute(name))));
    return [...document.querySelectorAll(".moments .map-label")].filter((label) => label.checkVisibility()).filter((label) => {
      const box = label.getBBox();
      return !nodes.some(([x, y, width, height]) => box.x >= x && box.x + box.width <= x + width && box.y >= y && box.y + box.height <= y + height);
    }).map((label) => label.textContent);
  })()`);
  expect(outside).toEqual([]);
});

test("printed, a short report shows its cases though they are folded, and makes pages", async () => {
  const page = at("passing");
  await page.evaluate("document.querySelector('.case details').open = false");
  const isShown = "document.querySelector('.case .body h4').checkVisibility()";
  await page.show("light", "screen");
  expect(await page.evaluate(isShown)).toBe(false);
  await page.show("light", "print");
  expect(await page.evaluate(isShown)).toBe(true);
  await page.show("light", "screen");
  expect((await page.print()).subarray(0, 5).toString()).toBe("%PDF-");
});
