// SPDX-License-Identifier: Apache-2.0
import { PassThrough } from "node:stream";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { serve } from "../integrity/probe/serve.ts";
import type { PodListener, PodProgram } from "../kube/pod-exec.ts";
import { ProbeSessions } from "./probe-sessions.ts";

const pod = { name: "reader", uid: "1" };

/** Pods whose probe is the real one, in this process. */
class Pods {
  readonly started: string[] = [];
  readonly ends: (() => void)[] = [];
  /** Nodes that went away without a word. */
  isSilent = false;

  converse = ({ place }: PodProgram, { onLine, onEnd }: PodListener) => {
    this.started.push(place.pod);
    const [input, output] = [new PassThrough(), new PassThrough()];
    serve(input, output);
    createInterface({ input: output }).on("line", onLine);
    this.ends.push(() => onEnd(new Error("the connection closed")));
    const tell = (line: string): void => {
      if (!this.isSilent) input.write(`${line}\n`);
    };
    return Promise.resolve({ tell, close: () => input.end() });
  };

  sessions(): ProbeSessions {
    const programIn = (name: string) => ({
      place: { namespace: "case", pod: name, container: "probe" },
      argv: ["probe", "serve"],
    });
    return new ProbeSessions(this, programIn);
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

test("one process does all that is asked in a pod, side by side, and another pod of its name has its own", async () => {
  const pods = new Pods();
  const sessions = pods.sessions();
  const [both, refused] = await Promise.all([
    sessions.ask(pod, ["ping"]),
    sessions.ask(pod, ["read-text", "--path", "/no/such/file"]),
  ]);
  expect(both).toEqual({ result: {} });
  expect(refused).toMatchObject({ error: expect.stringContaining("ENOENT: no such file") as unknown });
  expect(await sessions.ask(pod, ["no-such"])).toMatchObject({
    error: expect.stringContaining("no such command: no-such") as unknown,
  });
  expect(pods.started).toHaveLength(1);
  await sessions.ask({ ...pod, uid: "2" }, ["ping"]);
  expect(pods.started).toHaveLength(2);
  sessions.close();
});

test("a container that ended is entered anew, and what was asked of it then is an error", async () => {
  const pods = new Pods();
  const sessions = pods.sessions();
  await sessions.ask(pod, ["ping"]);
  pods.isSilent = true;
  const lost = sessions.ask(pod, ["ping"]);
  // once it was told
  await vi.advanceTimersByTimeAsync(0);
  pods.ends[0]?.();
  await expect(lost).rejects.toThrow("the connection closed");
  pods.isSilent = false;
  expect(await sessions.ask(pod, ["ping"])).toEqual({ result: {} });
  expect(pods.started).toHaveLength(2);
});

test("a node that went away without a word is found out before anything is asked of it", async () => {
  const pods = new Pods();
  const sessions = pods.sessions();
  await sessions.ask(pod, ["ping"]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await sessions.ask(pod, ["ping"]), "it is still there").toEqual({ result: {} });
  expect(pods.started).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  pods.isSilent = true;
  const asking = sessions.ask(pod, ["ping"]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(pods.started).toHaveLength(2);
  pods.ends[1]?.();
  await expect(asking).rejects.toThrow("the connection closed");
});
