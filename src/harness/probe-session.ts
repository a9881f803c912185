// SPDX-License-Identifier: Apache-2.0
import type { ProbeAnswer, ProbeQuestion } from "../integrity/probe/serve.ts";
import type { KubeConnection } from "../kube/client.ts";
import type { PodProgram } from "../kube/pod-exec.ts";

/** What a command of the probe gave, or its error with where it came from. */
export type ProbeOutcome = { readonly result: unknown } | { readonly error: string };

/** A probe that waits in a pod for commands: a process for each would take longer than most of them. */
export interface ProbeSession {
  /** @throws what ended the session, when it ended before the answer came */
  readonly ask: (argv: readonly string[]) => Promise<ProbeOutcome>;
  /** Whether it answers now. A node that is gone closes no connection, so after a pause it is asked. */
  readonly isThere: () => Promise<boolean>;
  readonly close: () => void;
}

/** Milliseconds for which what was heard last proves that the probe is there. */
const fresh = 1_000;
/** Milliseconds it has to say that it is there. */
const patience = 3_000;

/** Starts a probe in a pod. @throws KitError `POD_EXEC` when it cannot be started */
export async function openProbeSession(
  connection: Pick<KubeConnection, "converse">,
  program: PodProgram,
): Promise<ProbeSession> {
  const waiting = new Map<number, PromiseWithResolvers<ProbeOutcome>>();
  let asked = 0;
  let heard = performance.now();
  let end: Error | undefined;
  const onLine = (line: string): void => {
    heard = performance.now();
    const { id, ...outcome } = JSON.parse(line) as ProbeAnswer;
    waiting.get(id)?.resolve(outcome);
    waiting.delete(id);
  };
  const onEnd = (reason: Error): void => {
    end ??= reason;
    for (const { reject } of waiting.values()) reject(end);
    waiting.clear();
  };
  const conversation = await connection.converse(program, { onLine, onEnd });
  const ask = (command: readonly string[]): Promise<ProbeOutcome> => {
    if (end !== undefined) return Promise.reject(end);
    asked += 1;
    const answer = Promise.withResolvers<ProbeOutcome>();
    waiting.set(asked, answer);
    conversation.tell(JSON.stringify({ id: asked, argv: command } satisfies ProbeQuestion));
    return answer.promise;
  };
  return {
    ask,
    isThere: async () => {
      if (end !== undefined) return false;
      return performance.now() - heard < fresh || isAnswered(ask(["ping"]));
    },
    close: conversation.close,
  };
}

async function isAnswered(asking: Promise<ProbeOutcome>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), patience);
  asking.then(
    () => resolve(true),
    () => resolve(false),
  );
  return promise.finally(() => clearTimeout(timer));
}
