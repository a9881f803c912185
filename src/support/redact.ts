// SPDX-License-Identifier: Apache-2.0

const blank = "[redacted]";

/** Names of fields, flags and variables whose value is nobody's business. */
const secretName =
  "password|passwd|passphrase|secret|token|credential|private[-_]?key|access[-_]?key|api[-_]?key|client-key-data";

const secretKey = new RegExp(`${secretName}|authorization`, "i");

/** `\"…\"` in JSON within JSON, quoted, or up to the next delimiter; what is redacted already stays. */
const value = String.raw`(?!\[redacted\])(?:\\+"[^"\\\n]*\\+"|"[^"\n]*"|'[^'\n]*'|\\*["']?[^\s,;&"'\\}\]]+)`;

/** Every repetition that another can follow is bounded: a hostile log must not take more than linear time. */
const rules: readonly (readonly [RegExp, string])[] = [
  // A log may be cut within a block: without its last line it ends with what can be part of it.
  [
    /-----BEGIN [A-Z0-9 ]{1,40}-----(?:[\s\S]{0,16384}?-----END [A-Z0-9 ]{1,40}-----|(?:\\n|[\s\w+/=:.-])*)/g,
    blank,
  ],
  // JSON Web Tokens, signed or not
  [/\beyJ[\w-]{8,2048}\.[\w-]{8,8192}\.[\w-]*/g, blank],
  // AWS key ids; the secret half is found by its name
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, blank],
  // tokens that name their maker: GitHub, GitLab, Slack, Google
  [
    /\b(?:gh[pousr]_\w{36,255}|github_pat_\w{22,255}|glpat-[\w-]{20,255}|xox[abprs]-[\w-]{10,255}|AIza[\w-]{35})/g,
    blank,
  ],
  // user:password@host in a URL
  [/(:\/\/[^\s/:@"']{1,256}:)(?!\[redacted\])[^\s/@"']{1,256}(?=@)/g, `$1${blank}`],
  [/\b(bearer|basic)\s+[\w+/=.~-]{8,}/gi, `$1 ${blank}`],
  [
    new RegExp(String.raw`\b(authorization\\*["']?\s*[=:]\s*)(?!\\*["']?(?:bearer|basic)\b)${value}`, "gi"),
    `$1${blank}`,
  ],
  // a CSI request's map of secrets as JSON, protobuf text or Go prints it
  [/(secrets\\*["']?\s*[=:]\s*)(?:map\[[^\]]{0,4096}\]|\{[^{}]*\}|<[^<>]*>)/gi, `$1${blank}`],
  [new RegExp(String.raw`((?:${secretName})[\w-]{0,60}\\*["']?\s*[=:]\s*)${value}`, "gi"), `$1${blank}`],
  // --password hunter2
  [new RegExp(String.raw`(--[\w-]{0,60}(?:${secretName})[\w-]{0,60}\s+)(?![-[])\S+`, "gi"), `$1${blank}`],
];

/** Takes out of a text what looks like a credential: tokens, keys, passwords, the secrets of a CSI request. */
export function redactText(text: string): string {
  return rules.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

/** The same object with every value under a secret's name, every Secret's data and every credential in a text taken out. */
export function redactObject(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redactObject);
  if (typeof value !== "object" || value === null) return value;
  const isSecret = "kind" in value && value.kind === "Secret";
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      redactField(key, inner, isSecret || isSecretPair(value, key)),
    ]),
  );
}

/** An environment variable: `{ name: "DB_PASSWORD", value: … }`. */
function isSecretPair(holder: object, key: string): boolean {
  return (
    key === "value" && "name" in holder && typeof holder.name === "string" && secretKey.test(holder.name)
  );
}

/** `secretName` and the like are references, not secrets. */
function redactField(key: string, inner: unknown, isSecret: boolean): unknown {
  if (isSecret && (key === "data" || key === "stringData" || key === "value")) return blank;
  const isMap = typeof inner === "object" && inner !== null && !Array.isArray(inner);
  if (isMap && /secrets$/i.test(key)) return blank;
  const holdsSecret = secretKey.test(key) && !/(name|namespace|ref|mount|path|paths|seconds)s?$/i.test(key);
  return holdsSecret && typeof inner === "string" ? blank : redactObject(inner);
}
