// SPDX-License-Identifier: Apache-2.0
import { status } from "@grpc/grpc-js";

/** Name of a gRPC status code, such as `NOT_FOUND`. */
export type CodeName = keyof typeof status;

/** An error with the gRPC code that the CSI specification gives its situation. */
export class CsiError extends Error {
  readonly code: CodeName;

  constructor(code: CodeName, message: string) {
    super(message);
    this.name = "CsiError";
    this.code = code;
  }
}

/** The code an error is answered with: its own, or INTERNAL for what nobody foresaw. */
export function codeOf(error: unknown): CodeName {
  return error instanceof CsiError ? error.code : "INTERNAL";
}

/** Reads a code name that came from outside (a custom resource), INTERNAL when it is not one. */
export function codeNamed(name: string | null | undefined): CodeName {
  return typeof name === "string" && name in status ? (name as CodeName) : "INTERNAL";
}

/** Gives back a text that must not be empty. */
export function required(value: string, field: string): string {
  if (value === "") throw new CsiError("INVALID_ARGUMENT", `${field} is missing`);
  return value;
}
