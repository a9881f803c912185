// SPDX-License-Identifier: Apache-2.0

/** In the folder shared with the host, one line for each record that was confirmed: written past the guest's page cache. */
export const ACKNOWLEDGED = "acknowledged";
/** What the second life of the machine missed; empty when nothing is missing. */
export const LOSSES = "losses";
/** How the pool is found again. */
export const POOL = "pool.json";
