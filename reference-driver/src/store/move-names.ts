// SPDX-License-Identifier: Apache-2.0
/** True for the two that a volume consists of while it is moved. */
export const isMoving = (name: string): boolean => /\.(?:new|old)$/.test(name);

/** Name of the larger copy while it is filled. */
export const newName = (id: string): string => `${id}.new`;
/** Name of what was copied, from the moment the copy counts. */
export const oldName = (id: string): string => `${id}.old`;

/** Ids of the volumes that have a move to be ended. */
export function movesOf(names: readonly string[]): string[] {
  return [...new Set(names.filter(isMoving).map((name) => name.slice(0, -newName("").length)))];
}
