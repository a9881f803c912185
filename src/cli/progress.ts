// SPDX-License-Identifier: Apache-2.0
import { Listr, PRESET_TIMER } from "listr2";
import { isUnattended } from "./unattended.ts";

/** A step of long work. Steps run in order; what a step says is shown beside it. */
export interface Step<State> {
  readonly title: string;
  /** True when there is nothing to do; the title then says so. */
  readonly skip?: (state: State) => boolean | string | Promise<boolean | string>;
  readonly run: (state: State, say: (doing: string) => void) => Promise<void>;
}

/** In a log, a line about a running step every so many milliseconds is enough. */
const plainInterval = 15_000;

/** Runs steps with a task list on a terminal, and with plain lines elsewhere; both show elapsed time and what is next. */
export async function runSteps<State extends object>(
  steps: readonly Step<State>[],
  state: State,
): Promise<State> {
  const plain = !process.stderr.isTTY || isUnattended();
  const tasks = new Listr<State>(
    steps.map((step, index) => ({
      title: step.title,
      ...(step.skip === undefined ? {} : { skip: step.skip }),
      task: async (context, task) => {
        const next = steps[index + 1]?.title;
        await step.run(
          context,
          plain
            ? throttled((text) => (task.output = `${text}${next === undefined ? "" : ` (next: ${next})`}`))
            : (text) => (task.output = text),
        );
      },
    })),
    {
      ctx: state,
      renderer: "default",
      fallbackRenderer: "simple",
      fallbackRendererCondition: plain,
      rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
      fallbackRendererOptions: { timer: PRESET_TIMER },
      registerSignalListeners: false,
    },
  );
  return tasks.run();
}

function throttled(print: (text: string) => void): (text: string) => void {
  let last = Date.now();
  return (text) => {
    if (Date.now() - last < plainInterval) return;
    last = Date.now();
    print(text);
  };
}
