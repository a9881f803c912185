// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { isNotBefore } from "./kube-time.ts";

const at = (text: string): number => Date.parse(text);

test("A kubelet that speaks within the second in which it was started has spoken since", () => {
  expect(isNotBefore(at("2026-11-26T09:38:30Z"), at("2026-11-26T09:38:30.412Z"))).toBe(true);
  expect(isNotBefore(at("2026-11-26T09:38:31Z"), at("2026-11-26T09:38:30.412Z"))).toBe(true);
});

test("What was said in an earlier second was said before, and so was what has no time", () => {
  expect(isNotBefore(at("2026-11-26T09:38:29Z"), at("2026-11-26T09:38:30.001Z"))).toBe(false);
  expect(isNotBefore(Number.NaN, at("2026-11-26T09:38:30Z"))).toBe(false);
});
