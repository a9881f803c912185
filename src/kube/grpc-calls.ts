// SPDX-License-Identifier: Apache-2.0

/** What the sidecars' library writes of each call at `-v=5`, and drivers that copied it (kubernetes-csi/csi-lib-utils, connection). */
const sidecarLine = /\bGRPC (?:call|request|response|error)\b/;

/** A line of JSON that names a method and its status code. */
const jsonLine = /"method":\s*"[\w./]+".*"code":/;

/** Asked every few seconds by liveness probes; they would hide the rest. */
const probe = /Identity\/Probe\b|"method":\s*"(?:[\w./]*\/)?probe"/i;

/**
 * The lines about gRPC calls in logs that begin each line with its time, in the order of time.
 * @param logs by the name of their container
 */
export function extractCalls(logs: ReadonlyMap<string, string>): string {
  return [...logs]
    .flatMap(([name, log]) =>
      log
        .split("\n")
        .filter((line) => (sidecarLine.test(line) || jsonLine.test(line)) && !probe.test(line))
        .map((line) => {
          const cut = line.indexOf(" ");
          return { at: line.slice(0, cut), text: `${line.slice(0, cut)} ${name} ${line.slice(cut + 1)}\n` };
        }),
    )
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ text }) => text)
    .join("");
}
