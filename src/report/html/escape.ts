// SPDX-License-Identifier: Apache-2.0

/** Markup that is safe to put into the page as it is; made by {@link html} alone. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: texts are escaped, markup is not, lists are joined, `undefined` and `false` are nothing. */
export type Content = Markup | string | number | undefined | false | readonly Content[];

/** Markup from a template; whatever is put into it is escaped unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(
    tighten(parts)
      .map((part, index) => part + render(contents[index]))
      .join(""),
  );
}

const tightened = new WeakMap<TemplateStringsArray, readonly string[]>();

/** Takes the indentation of the source out of a template, never out of what is put into it: a third of a long page. */
function tighten(parts: TemplateStringsArray): readonly string[] {
  const known = tightened.get(parts);
  if (known !== undefined) return known;
  const tight = parts.map((part) => part.replaceAll(/\s*\n\s*/g, "\n"));
  tightened.set(parts, tight);
  return tight;
}

/** Makes a text safe between tags and in quoted attributes; control characters that no page may hold become `�`. */
export function escapeHtml(text: string): string {
  const clean = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, "\ufffd");
  return clean.replaceAll(/[&<>"'`]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** A link to a file beside the report, or undefined when the path would lead elsewhere. */
export function relativeLink(path: string): string | undefined {
  const segments = path.split("/");
  if (path === "" || segments.some((segment) => segment === "" || segment === "." || segment === ".."))
    return undefined;
  return `./${segments.map(encodeURIComponent).join("/")}`;
}

function render(content: Content): string {
  if (content === undefined || content === false) return "";
  if (content instanceof Markup) return content.toString();
  return isList(content) ? content.map(render).join("") : escapeHtml(String(content));
}

function isList(content: string | number | readonly Content[]): content is readonly Content[] {
  return Array.isArray(content);
}
