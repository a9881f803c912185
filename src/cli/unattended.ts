// SPDX-License-Identifier: Apache-2.0

/** In CI nobody can answer: packages may be installed, and progress is plain lines. */
export function isUnattended(): boolean {
  return (process.env["CI"] ?? "") !== "";
}
