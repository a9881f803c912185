// SPDX-License-Identifier: Apache-2.0
import { extname } from "node:path";

/** The package holds JavaScript, because Node.js strips no types below node_modules; a checkout holds TypeScript. */
export const isPackaged = extname(import.meta.url) === ".js";

/** Path of a module that is found by name and not by an import: `a/b.ts`, or `a/b.js` in the package. */
export function moduleFile(path: string): string {
  return isPackaged ? path.replace(/\.ts$/, ".js") : path;
}
