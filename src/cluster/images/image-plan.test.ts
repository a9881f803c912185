// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { planFromAnswers } from "./image-plan.ts";

const pins = { node: "N", images: { a: "A", b: "B" } };
const answers = (...answering: string[]) => ({
  answering,
  silent: new Map(["N", "A", "B"].filter((one) => !answering.includes(one)).map((one) => [one, "silent"])),
});

test.for([
  [["N", "A", "B"], { variant: "pulled", pins }],
  [["N", "B"], { variant: "pulled", pins: { node: "N", images: { b: "B" } } }],
  [["N"], { variant: "pulled", pins: { node: "N", images: {} } }],
  [["A", "B"], { variant: "built" }],
  [[], { variant: "built" }],
] as const)("When %s answer, the plan follows", ([answering, plan]) => {
  expect(planFromAnswers(pins, answers(...answering), "auto")).toEqual(plan);
});

test("Where only pulling is allowed, one silent registry is an error that names the image", () => {
  expect(() => planFromAnswers(pins, answers("N", "B"), "pull")).toThrow(
    expect.objectContaining({ code: "REGISTRY_SILENT", message: "pull A: silent" }),
  );
  expect(planFromAnswers(pins, answers("N", "A", "B"), "pull")).toEqual({ variant: "pulled", pins });
});
