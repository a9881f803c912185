// SPDX-License-Identifier: Apache-2.0
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { Http2Server } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, credentials, Server, ServerCredentials, type ServiceError } from "@grpc/grpc-js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRelay } from "./relay-server.ts";
import { RuleBook, type RelayedCall } from "./rule.ts";

const same = (bytes: Buffer): Buffer => bytes;
let folder = "";
let driver: Server;
let relay: Http2Server;
let rules: RuleBook;
let seen: RelayedCall[];
let asked: string[];
let change: () => void;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "seaworthy-relay-"));
  driver = new Server();
  asked = [];
  const path = "/any.v9.Service/CreateVolume";
  const definition = {
    CreateVolume: {
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    },
  };
  driver.addService(definition, {
    CreateVolume: (call: { request: Buffer }, done: (error: null, answer: Buffer) => void) => {
      asked.push(call.request.toString());
      done(null, Buffer.from(`made ${call.request.toString()}`));
    },
  });
  await new Promise<void>((resolve, reject) => {
    driver.bindAsync(`unix://${folder}/driver.sock`, ServerCredentials.createInsecure(), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
  rules = new RuleBook();
  seen = [];
  const changed = () => new Promise<void>((resolve) => (change = resolve));
  relay = createRelay({ target: `${folder}/driver.sock`, rules, seen: (call) => seen.push(call), changed });
  relay.listen(`${folder}/relay.sock`);
  await once(relay, "listening");
});
afterEach(() => {
  relay.close();
  driver.forceShutdown();
  rmSync(folder, { recursive: true });
});

async function call(text: string): Promise<string> {
  const client = new Client(`unix://${folder}/relay.sock`, credentials.createInsecure());
  try {
    return await new Promise<string>((resolve, reject) => {
      const answered = (error: ServiceError | null, answer?: Buffer) =>
        error === null ? resolve(String(answer)) : reject(error);
      client.makeUnaryRequest("/any.v9.Service/CreateVolume", same, same, Buffer.from(text), answered);
    });
  } finally {
    client.close();
  }
}

test("A call of a service the relay has never heard of passes unchanged", async () => {
  expect(await call("a")).toBe("made a");
  expect(seen).toEqual([{ method: "CreateVolume", action: "pass", status: "0" }]);
});

test("A lost answer was given: the driver has worked and the caller hears UNAVAILABLE", async () => {
  rules.replace([{ method: "CreateVolume", action: "lose-answer", times: 1 }]);
  await expect(call("a")).rejects.toMatchObject({ code: 14 });
  expect(asked).toEqual(["a"]);
  expect(await call("a")).toBe("made a");
});

test("A failed call never reaches the driver", async () => {
  rules.replace([{ method: "CreateVolume", action: "fail", code: 8 }]);
  await expect(call("a")).rejects.toMatchObject({ code: 8 });
  expect(asked).toEqual([]);
});

test("A duplicated call reaches the driver twice and is answered once", async () => {
  rules.replace([{ method: "CreateVolume", action: "duplicate" }]);
  expect(await call("a")).toBe("made a");
  expect(asked).toEqual(["a", "a"]);
});

test("A held answer waits until the rule is taken away", async () => {
  rules.replace([{ method: "CreateVolume", action: "hold" }]);
  let answered = false;
  const answer = call("a").then((text) => {
    answered = true;
    return text;
  });
  await expect.poll(() => seen.length).toBe(1);
  expect(answered).toBe(false);
  rules.replace([]);
  change();
  expect(await answer).toBe("made a");
});

test("A held answer is lost when the rule that follows loses it", async () => {
  rules.replace([{ method: "CreateVolume", action: "hold" }]);
  const answer = call("a");
  await expect.poll(() => seen.length).toBe(1);
  rules.replace([{ method: "CreateVolume", action: "lose-answer", times: 1 }]);
  change();
  await expect(answer).rejects.toMatchObject({ code: 14 });
  expect(await call("a")).toBe("made a");
});

test("A driver that is away is UNAVAILABLE", async () => {
  driver.forceShutdown();
  await expect(call("a")).rejects.toMatchObject({ code: 14 });
});
