// SPDX-License-Identifier: Apache-2.0

/** Text that Markdown and HTML show as it is, on one line: no emphasis, table border, link, mention or tag comes of it. */
export function plainText(text: string): string {
  return encode(text.replaceAll(/\s+/g, " "));
}

/** A code span, whatever it holds. */
export function codeText(text: string): string {
  return `<code>${plainText(text)}</code>`;
}

/** Several lines as they are; line ends are entities, since a blank line would end the block for Markdown. */
export function preformatted(text: string): string {
  return `<pre>${text.split(/\r?\n/).map(encode).join("&#10;")}</pre>`;
}

function encode(line: string): string {
  return line
    .replaceAll(/\p{Cc}/gu, "\ufffd")
    .replaceAll(/[^\p{L}\p{N}\p{M} ,;:()%/.'"\ufffd→–-]/gu, (one) => `&#${String(one.codePointAt(0))};`)
    .replaceAll("://", "&#58;//")
    .replaceAll(/www\./gi, (prefix) => prefix.replace(".", "&#46;"));
}

/** A table; cells are Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
