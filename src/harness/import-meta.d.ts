// SPDX-License-Identifier: Apache-2.0

/** Resolved by the bundler inside vitest: all modules that match, by path. */
interface ImportMeta {
  glob(
    pattern: string,
    options: { readonly eager: true; readonly import?: "default" },
  ): Readonly<Record<string, unknown>>;
}
