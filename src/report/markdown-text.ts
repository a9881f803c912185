// SPDX-License-Identifier: Apache-2.0

/** Text that Markdown and HTML show as it is, on one line: no emphasis, table border, link, mention or tag comes of it. */
export function plainText(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[^\p{L}\p{N}\p{M} ,;()%/.'"→–-]/gu, (character) => `&#${String(character.codePointAt(0))};`)
    .replaceAll(/www\./gi, (prefix) => prefix.replace(".", "&#46;"));
}

/** A code span, whatever it holds. */
export function codeText(text: string): string {
  return `<code>${plainText(text)}</code>`;
}

/** Several lines as they are. A blank line would end the block for Markdown, so it is written as an entity. */
export function preformatted(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .map((line) =>
      line.replaceAll(/[^\p{L}\p{N}\p{M} ,;()%/.'"→–-]/gu, (one) => `&#${String(one.codePointAt(0))};`),
    );
  return `<pre>${lines.join("&#10;")}</pre>`;
}

/** A table; cells are Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
