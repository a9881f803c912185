// SPDX-License-Identifier: Apache-2.0

/** One line of JSON on standard output, with the moment it was written. Never pass secrets. */
export function log(entry: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
}

/** What an error says, for a log line or a status message. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
