// SPDX-License-Identifier: Apache-2.0

const KEPT = 20;

/** A guest's console: passed on line by line behind the guest's name, the last lines kept. */
export class ConsoleLines {
  readonly #name: string;
  readonly #out: NodeJS.WritableStream;
  readonly #last: string[] = [];
  #rest = "";

  constructor(name: string, out: NodeJS.WritableStream) {
    this.#name = name;
    this.#out = out;
  }

  /** @param onLine told each whole line */
  add(chunk: Buffer, onLine: (line: string) => void = () => undefined): void {
    // The guest's terminal ends lines with a carriage return of its own.
    const lines = (this.#rest + chunk.toString("utf8").replaceAll("\r", "")).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      this.#out.write(`${this.#name}: ${line}\n`);
      onLine(line);
    }
    this.#last.push(...lines);
    this.#last.splice(0, this.#last.length - KEPT);
  }

  /** The last lines, to end an error message with. */
  last(): string {
    return `last console lines:\n${[...this.#last, this.#rest].join("\n").trimEnd()}`;
  }
}
