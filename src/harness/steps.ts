// SPDX-License-Identifier: Apache-2.0
import type { Phase } from "../catalogue/context.ts";
import type { StepResult } from "../report/case-result.ts";
import { blame, type WhereEnded } from "./outcome.ts";

/** Runs the steps of one case and keeps what came of them. */
export class StepRecorder {
  readonly results: StepResult[] = [];
  /** The step that did not pass. */
  ended: WhereEnded | undefined;
  /** The step that runs now; names the moment of what is recorded meanwhile. */
  current = "before the first step";

  async step<T>(phase: Phase, title: string, body: () => Promise<T>, requirement?: string): Promise<T> {
    const started = performance.now();
    this.current = title;
    const record = (outcome: StepResult["outcome"]): void => {
      this.results.push({ phase, title, durationMs: Math.round(performance.now() - started), outcome });
    };
    try {
      const value = await body();
      record("passed");
      return value;
    } catch (thrown) {
      this.ended ??= { phase, step: title, ...(requirement === undefined ? {} : { requirement }) };
      record(blame(thrown, { phase, step: title }));
      throw thrown;
    }
  }
}
