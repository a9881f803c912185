// SPDX-License-Identifier: Apache-2.0

const secretKey = /token|password|passwd|secret|private[-_]?key|authorization|credential|client-key-data/i;
const pem = /-----BEGIN [A-Z ]+-----[\s\S]*?-----END [A-Z ]+-----/g;
const bearer = /\b(bearer|basic)\s+[\w+/=.~-]{8,}/gi;
const jsonWebToken = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;
const assignment =
  /\b((?:[\w-]*(?:password|passwd|secret|token|credential)[\w-]*)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&"']+)/gi;

const blank = "[redacted]";

/** Takes out of a text what looks like a credential: tokens, keys, passwords. */
export function redactText(text: string): string {
  return text
    .replace(pem, blank)
    .replace(jsonWebToken, blank)
    .replace(bearer, `$1 ${blank}`)
    .replace(assignment, `$1${blank}`);
}

/** The same object with every value under a secret's name, every Secret's data and every credential in a text taken out. */
export function redactObject(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redactObject);
  if (typeof value !== "object" || value === null) return value;
  const isSecret = "kind" in value && value.kind === "Secret";
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, redactField(key, inner, isSecret)]),
  );
}

/** `secretName` and the like are references, not secrets. */
function redactField(key: string, value: unknown, isSecret: boolean): unknown {
  if (isSecret && (key === "data" || key === "stringData")) return blank;
  const holdsSecret = secretKey.test(key) && !/(name|namespace|ref|mount|path|paths|seconds)s?$/i.test(key);
  return holdsSecret && typeof value === "string" ? blank : redactObject(value);
}
