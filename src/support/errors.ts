// SPDX-License-Identifier: Apache-2.0

/** Who is to blame decides the exit code: `usage` is the caller, `host` the machine, `kit` ourselves, `interrupted` a signal. */
export type ErrorKind = "usage" | "host" | "kit" | "interrupted";

/** What a {@link KitError} can carry beside its one-line message. */
export interface KitErrorOptions {
  /** Decides the exit code. Default: `kit`. */
  readonly kind?: ErrorKind;
  /** What the reader can do about it, one sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
  /** JSON-safe, already redacted facts for logs and reports. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The kit's only error class. The message says in one line what was tried, on what, and what was seen. */
export class KitError extends Error {
  override readonly name = "KitError";
  /** Stable, for machines: `SHAPE_INVALID`, `ENGINE_UNREACHABLE`, … */
  readonly code: string;
  readonly kind: ErrorKind;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: KitErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.kind = options.kind ?? "kit";
    this.hint = options.hint;
    this.details = options.details ?? {};
  }
}

/** Narrows by brand, so that errors of another copy of the kit are recognised too. */
export function isKitError(thrown: unknown): thrown is KitError {
  return thrown instanceof Error && thrown.name === "KitError" && "code" in thrown;
}

/** Makes anything thrown an Error, keeping what was thrown as the cause. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
