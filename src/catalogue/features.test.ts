// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { describeFeature, featureNames, features, isFeature } from "./features.ts";

test("names are distinct, positive kebab-case nouns", () => {
  expect(new Set(featureNames).size).toBe(features.length);
  for (const name of featureNames) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(name).not.toMatch(/^(no|not|without|un)-/);
  }
});

test("no capability announces two features", () => {
  const announced = features.flatMap(({ announcedAs }) =>
    announcedAs === null ? [] : [announcedAs.capability],
  );
  expect(new Set<string>(announced).size).toBe(announced.length);
});

test("names are told from other texts", () => {
  expect(isFeature("snapshot")).toBe(true);
  expect(isFeature("snapshots")).toBe(false);
  expect(describeFeature("topology").announcedAs?.capability).toBe("VOLUME_ACCESSIBILITY_CONSTRAINTS");
});
