// SPDX-License-Identifier: Apache-2.0
import type { Pod } from "../../kube/objects.ts";
import { whyPullFails } from "../../kube/why-pull-fails.ts";
import { KitError } from "../../support/errors.ts";
import { howEnded } from "./how-ended.ts";

/** A pod that does one worker's part. */
interface WorkerPod {
  readonly index: number;
  node: string;
  isRunning: boolean;
  isOver: boolean;
  /** Milliseconds since 1970. */
  readonly firstSeen: number;
}

/** Milliseconds for a registry that is only slow, or not there for a moment. */
const pullPatience = 120_000;

/** Follows the pods of one Job: says where each worker runs, and keeps which were lost, and how. */
export class WorkerWatch {
  /** How each worker's pods were lost, by its index. */
  readonly lost = new Map<number, string[]>();
  readonly #pods = new Map<string, WorkerPod>();
  readonly #say: (index: number, what: string) => void;
  readonly #now: () => number;

  constructor(say: (index: number, what: string) => void, now: () => number = Date.now) {
    this.#say = say;
    this.#now = now;
  }

  /**
   * @param pods of the Job, each with the index of its worker
   * @param isTaken whether a worker's report is here; what becomes of its pod does not matter then
   * @throws KitError `KIT_IMAGE_UNAVAILABLE` of kind `usage` when a node cannot get the image
   */
  look(
    pods: readonly { readonly index: number; readonly pod: Pod }[],
    isTaken: (index: number) => boolean,
  ): void {
    for (const { index, pod } of pods) {
      const known = this.#follow(index, pod);
      if (!known.isOver && !isTaken(index)) this.#note(pod, known);
    }
    const present = new Set(pods.map(({ pod }) => pod.metadata.name));
    for (const [name, known] of this.#pods)
      if (!present.has(name) && !known.isOver && !isTaken(known.index))
        this.#lose(name, known, "its pod was removed");
  }

  #follow(index: number, { metadata, spec }: Pod): WorkerPod {
    const known = this.#pods.get(metadata.name) ?? {
      ...{ index, node: "no node", isRunning: false, isOver: false },
      firstSeen: this.#now(),
    };
    this.#pods.set(metadata.name, known);
    known.node = spec.nodeName ?? known.node;
    return known;
  }

  #note(pod: Pod, known: WorkerPod): void {
    this.#expectImage(pod, known);
    const isRunning = pod.status?.phase === "Running";
    if (isRunning && !known.isRunning) this.#say(known.index, `runs on ${known.node}`);
    known.isRunning ||= isRunning;
    const end = howEnded(pod);
    if (end !== undefined) this.#lose(pod.metadata.name, known, end);
  }

  #lose(name: string, known: WorkerPod, why: string): void {
    known.isOver = true;
    const words = `${name} on ${known.node}: ${why}`;
    this.lost.set(known.index, [...(this.lost.get(known.index) ?? []), words]);
    this.#say(known.index, `was lost: ${words}`);
  }

  #expectImage(pod: Pod, { firstSeen, node }: WorkerPod): void {
    const why = whyPullFails(pod);
    if (why === undefined || (!why.isFinal && this.#now() - firstSeen < pullPatience)) return;
    throw new KitError("KIT_IMAGE_UNAVAILABLE", `start a worker on ${node}: ${why.words}`, {
      kind: "usage",
      hint: "`seaworthy image --kit --out kit.tar` writes the image: push it where the nodes can get it, and name it with --kit-image",
    });
  }
}
