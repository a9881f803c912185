// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { KitError } from "../support/errors.ts";
import { Lookout, saysLost } from "./lookout.ts";

const times = { every: 5000, answer: 15_000, patience: 60_000 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An API server that answers, refuses the caller, or is not there. */
function server(): { is: "there" | "refusing" | "gone"; call: () => Promise<string> } {
  return {
    is: "there",
    call() {
      if (this.is === "there") return Promise.resolve("{}");
      if (this.is === "refusing") return Promise.reject(new KitError("KUBE_API", "401 Unauthorized"));
      return Promise.reject(new KitError("KUBE_UNREACHABLE", "connect ECONNREFUSED"));
    },
  };
}

test("an API server that answers, or refuses, is never lost", async () => {
  const api = server();
  const lookout = new Lookout(api, times).begin();
  await vi.advanceTimersByTimeAsync(600_000);
  api.is = "refusing";
  await vi.advanceTimersByTimeAsync(600_000);
  expect(lookout.signal.aborted).toBe(false);
  expect(await lookout.silenceSince(0)).toBeUndefined();
  lookout.end();
});

test("one that is gone for a minute is lost, and the reason says what was seen", async () => {
  const api = server();
  const lookout = new Lookout(api, times).begin();
  await vi.advanceTimersByTimeAsync(20_000);
  api.is = "gone";
  await vi.advanceTimersByTimeAsync(50_000);
  expect(lookout.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(20_000);
  const { message } = lookout.signal.reason as Error;
  expect(message).toMatch(/^the API server has not answered for 1 min \d\d s, .*ECONNREFUSED/);
  expect(saysLost(`make namespace: ${message}`)).toBe(true);
});

test("a gap that closed again is known to those who waited meanwhile, and to nobody else", async () => {
  const api = server();
  const lookout = new Lookout(api, times).begin();
  await vi.advanceTimersByTimeAsync(1000);
  const before = Date.now();
  api.is = "gone";
  await vi.advanceTimersByTimeAsync(20_000);
  api.is = "there";
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await lookout.silenceSince(before)).toBe("connect ECONNREFUSED");
  expect(await lookout.silenceSince(Date.now())).toBeUndefined();
  lookout.end();
});

test("one unanswered question is held against the server only while it lasts", async () => {
  const api = server();
  const lookout = new Lookout(api, times);
  api.is = "gone";
  expect(await lookout.silenceSince(0)).toBe("connect ECONNREFUSED");
  api.is = "there";
  expect(await lookout.silenceSince(0)).toBeUndefined();
});
