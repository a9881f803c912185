// SPDX-License-Identifier: Apache-2.0

import { abandonUnfinished } from "../cluster/images/artefact-store.ts";

/** Ctrl-C and SIGTERM: aborts what runs and then cleans up, once; a second signal ends the process at once. */
export class Interrupts {
  private readonly controller = new AbortController();
  private readonly cleanups: (() => Promise<void>)[] = [];
  private cleaning: Promise<void> | undefined;

  /** From now on signals are caught. */
  listen(): void {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => this.interrupt());
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get happened(): boolean {
    return this.controller.signal.aborted;
  }

  /** Called when interrupted, last registered first. */
  onInterrupt(cleanup: () => Promise<void>): void {
    this.cleanups.push(cleanup);
  }

  /** Waits for clean-up that is under way. */
  async settled(): Promise<void> {
    await this.cleaning;
  }

  private interrupt(): void {
    if (this.happened) process.exit(130);
    process.stderr.write(
      "\nseaworthy: interrupted, cleaning up; once more to stop at once (`seaworthy gc` then cleans up)\n",
    );
    this.controller.abort();
    this.cleaning = this.clean();
    this.cleaning.then(
      () => process.exit(130),
      (thrown: unknown) => {
        process.stderr.write(`seaworthy: clean-up failed: ${String(thrown)}\n  Hint: run \`seaworthy gc\`\n`);
        process.exit(130);
      },
    );
  }

  private async clean(): Promise<void> {
    for (const cleanup of this.cleanups.reverse()) await cleanup();
    await abandonUnfinished();
  }
}
