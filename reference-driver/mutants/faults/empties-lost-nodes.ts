// SPDX-License-Identifier: Apache-2.0
import { existsSync, statSync, writeFileSync } from "node:fs";
import { formatOlder } from "../format-older.ts";
import type { Mutant } from "../mutant.ts";

/** On the node's disk, beside the driver's socket. */
const SIGN_OF_LIFE = "/csi/mutant-alive";
/** Made when the node returns: a process that starts more than once on its way back still knows. */
const RETURNED = "/csi/mutant-returned";
const PERIOD_MS = 5_000;
/** Shorter than the API takes to miss a node, and longer than one takes to start again. */
const LOST_MS = 40_000;

/** What was away for long is taken for lost: the volumes are given up, and the node begins anew when it returns. */
export const mutant: Mutant = {
  slug: "empties-lost-nodes",
  title: "A node that was lost and returns has its volumes, but nothing in them",
  breaks: ["fault/node-gone"],
  caughtBy: ["faults/lost-node-is-given-up"],
  fromStart: true,
  wrap: (services) => formatOlder(services, returnedAt),
};

function returnedAt(): Date {
  const sign = () => writeFileSync(SIGN_OF_LIFE, "");
  const isBack = existsSync(SIGN_OF_LIFE) && Date.now() - statSync(SIGN_OF_LIFE).mtimeMs > LOST_MS;
  if (isBack) writeFileSync(RETURNED, "");
  sign();
  setInterval(sign, PERIOD_MS).unref();
  return existsSync(RETURNED) ? statSync(RETURNED).mtime : new Date(0);
}
