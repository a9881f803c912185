// SPDX-License-Identifier: Apache-2.0
import type { KubeConnection } from "../kube/client.ts";
import type { PodProgram } from "../kube/pod-exec.ts";
import { openProbeSession, type ProbeOutcome, type ProbeSession } from "./probe-session.ts";

/** A pod of a case: one that has the same name later is another. */
export interface ProbePod {
  readonly name: string;
  readonly uid: string;
}

/** The probes of one case's pods: one process in each, started when it is first asked for something. */
export class ProbeSessions {
  readonly #connection: Pick<KubeConnection, "converse">;
  readonly #programIn: (pod: string) => PodProgram;
  readonly #current = new Map<string, Promise<ProbeSession>>();
  readonly #all: Promise<ProbeSession>[] = [];

  /** @param programIn the probe as a program that waits for commands */
  constructor(connection: Pick<KubeConnection, "converse">, programIn: (pod: string) => PodProgram) {
    this.#connection = connection;
    this.#programIn = programIn;
  }

  /** @throws KitError `POD_EXEC` when the pod's probe cannot be asked, or went away before it answered */
  async ask(pod: ProbePod, argv: readonly string[]): Promise<ProbeOutcome> {
    return (await this.#sessionOf(pod)).ask(argv);
  }

  /** Ends all of them. */
  close(): void {
    // one that is still being opened to a node that is gone must not hold up the case's end
    for (const opening of this.#all)
      opening.then(
        (session) => session.close(),
        () => undefined,
      );
  }

  /** The one that is there; a new one in place of one that is gone: its container ended, or its node. */
  async #sessionOf(pod: ProbePod): Promise<ProbeSession> {
    const known = this.#current.get(pod.uid);
    const session = await known?.catch(() => undefined);
    if (session !== undefined && (await session.isThere())) return session;
    // another command may have opened the next one meanwhile
    const later = this.#current.get(pod.uid);
    return later === undefined || later === known ? this.#open(pod) : later;
  }

  #open({ name, uid }: ProbePod): Promise<ProbeSession> {
    const opening = openProbeSession(this.#connection, this.#programIn(name));
    this.#current.set(uid, opening);
    this.#all.push(opening);
    return opening;
  }
}
