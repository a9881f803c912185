// SPDX-License-Identifier: Apache-2.0

/** Whom a pool belongs to: one node, or a zone whose nodes all reach it and have its volumes attached one at a time. */
export type Scope = "node" | "zone";
