// SPDX-License-Identifier: Apache-2.0
import { Markup } from "./escape.ts";

/** The page's only style sheet: dark and light, narrow and printed. Colours carry no meaning that words do not. */
export const style = new Markup(`
:root { color-scheme: light dark;
  --paper: #fbfbf9; --panel: #ffffff; --ink: #1b2430; --soft: #5a6675; --line: #dde1e6; --faint: #f1f3f5;
  --good: #17694a; --bad: #a8231c; --warn: #8a5300; --mute: #5f6b78; --accent: #1f4e79;
  --good-bg: #e6f3ec; --bad-bg: #fbe9e7; --warn-bg: #fbf0dc; --mute-bg: #eceff2;
  --arrange: #8fa3b8; --act: #3b6fa0; --assert: #17694a; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #12171d; --panel: #191f27; --ink: #e4e8ec; --soft: #9aa7b5; --line: #2c3540; --faint: #202832;
  --good: #6cc79b; --bad: #f08a80; --warn: #e2b05c; --mute: #9aa7b5; --accent: #86b8e6;
  --good-bg: #17332a; --bad-bg: #3d1f1e; --warn-bg: #382b14; --mute-bg: #252d37;
  --arrange: #64788c; --act: #5f97cb; --assert: #6cc79b; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--panel); padding: .5rem 1rem; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.5rem; }
.kicker { margin: 0; color: var(--soft); font-size: .85rem; letter-spacing: .08em; text-transform: uppercase; }
h1 { margin: .15rem 0 0; font-size: 2.1rem; line-height: 1.2; letter-spacing: -.015em; overflow-wrap: anywhere; }
h1 small { font-size: 1.2rem; font-weight: 400; color: var(--soft); letter-spacing: 0; white-space: nowrap; }
h2 { margin: 3rem 0 .25rem; font-size: 1.3rem; letter-spacing: -.01em; }
h3 { margin: 0; font-size: 1.05rem; line-height: 1.4; }
h4, h3.minor { margin: 1.6rem 0 .5rem; font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); }
p { margin: .4rem 0; } .lead { color: var(--soft); max-width: 46rem; }
a { color: var(--accent); text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); text-underline-offset: .18em; } a:hover { text-decoration-color: currentColor; } a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre, .mono { font: .86em/1.5 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace; }
code { overflow-wrap: anywhere; }
pre { margin: .4rem 0; padding: .7rem .9rem; background: var(--faint); border-radius: 6px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.verdict { margin: 1.5rem 0 0; padding: 1.1rem 1.3rem; border-left: 5px solid; border-radius: 0 8px 8px 0; font-size: 1.15rem; overflow-wrap: anywhere; }
.verdict strong { display: block; font-size: .8rem; letter-spacing: .08em; text-transform: uppercase; }
.passed { --tone: var(--good); --tone-bg: var(--good-bg); } .failed, .unproven { --tone: var(--bad); --tone-bg: var(--bad-bg); }
.error, .incomplete, .partial { --tone: var(--warn); --tone-bg: var(--warn-bg); } .skipped, .outside, .unclaimed { --tone: var(--mute); --tone-bg: var(--mute-bg); }
.verdict { border-color: var(--tone); background: var(--tone-bg); } .verdict strong { color: var(--tone); }
.badge { display: inline-block; padding: .05rem .55rem; border-radius: 99px; font-size: .8rem; font-weight: 600; white-space: nowrap; color: var(--tone); background: var(--tone-bg); }
.facts { display: flex; flex-wrap: wrap; gap: .3rem 2rem; margin: 1.2rem 0 0; padding: 0; }
.facts div { min-width: 6rem; } .facts dt { color: var(--soft); font-size: .8rem; } .facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin: 1.6rem 0 0; padding: .8rem 0; list-style: none; border-block: 1px solid var(--line); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: .6rem 0; font-size: .93rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
th, td { padding: .45rem .8rem .45rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
thead th { color: var(--soft); font-size: .8rem; font-weight: 500; border-bottom-color: var(--soft); white-space: nowrap; }
tbody th { font-weight: 500; } td.number, th.number { text-align: right; white-space: nowrap; } .number + td, .number + th { padding-left: 1.2rem; } .line { white-space: nowrap; } .because { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; overflow: hidden; color: var(--tone); font-size: .92em; overflow-wrap: anywhere; }
td.bar { width: 34%; min-width: 7rem; padding-top: .75rem; } svg.bar { display: block; width: 100%; height: .75rem; background: var(--faint); border-radius: 3px; } svg.tall { height: 1.5rem; background: none; border-bottom: 1px solid var(--line); border-radius: 0; }
.arrange { fill: var(--arrange); } .act, .phase { fill: var(--act); } .assert { fill: var(--assert); } .broken { fill: var(--bad); }
.case { margin: 1rem 0; background: var(--panel); border: 1px solid var(--line); border-left: 5px solid var(--tone); border-radius: 8px; }
.case > details > summary { display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; padding: .9rem 1.2rem; cursor: pointer; list-style: none; }
.case > details > summary::-webkit-details-marker { display: none; }
.case summary .aside { text-align: right; white-space: nowrap; color: var(--soft); font-size: .9rem; font-variant-numeric: tabular-nums; }
.case summary .id { grid-column: 1 / -1; color: var(--soft); }
.case summary .id::before { content: "\\25B8"; display: inline-block; width: 1.1em; } .case details[open] > summary .id::before { content: "\\25BE"; }
.body { padding: 0 1.2rem 1.2rem; border-top: 1px solid var(--line); }
.failure { margin-top: 1.2rem; padding: .9rem 1.1rem; border-radius: 6px; background: var(--tone-bg); }
.failure > p:first-child { font-weight: 600; color: var(--tone); margin-top: 0; }
.failure dl, .pairs { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: .5rem 0 0; }
.failure dt, .pairs dt { color: var(--soft); } .failure dd, .pairs dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.failure details { margin-top: .6rem; } .differs { color: var(--bad); font-weight: 600; }
.moments { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1rem; margin: .5rem 0; padding: 0; list-style: none; }
.moments li { max-width: 100%; } .moments figure { margin: 0; padding: .7rem .9rem .8rem; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); overflow-x: auto; }
.moments figcaption { max-width: 34rem; font-size: .88rem; margin-bottom: .5rem; overflow-wrap: anywhere; } .moments svg { display: block; max-width: none; }
.map-zone { fill: none; stroke: var(--soft); stroke-width: 1; } .map-rack { fill: var(--faint); stroke: none; } .map-node { fill: var(--panel); stroke: var(--line); stroke-width: 1; }
.map-rack-text, .map-node-text, .map-label, .map-text { fill: var(--soft); font: 11px system-ui, sans-serif; } .map-zone-text { fill: var(--ink); font: 600 11px system-ui, sans-serif; } .map-label { fill: var(--ink); paint-order: stroke; stroke: var(--panel); stroke-width: 4px; } .map-apart { fill: var(--bad); font-weight: 600; }
.map-pod { fill: var(--act); } .map-disk { fill: var(--warn); } .map-split { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 3 2; }
.evidence { border: 1px solid var(--line); border-radius: 6px; } .file { margin: 0; padding: .35rem .8rem; } .file + .file { border-top: 1px solid var(--line); } .file summary { cursor: pointer; }
.log { max-height: 26rem; overflow: auto; font-size: .78rem; } .fold { margin: .6rem 0; } .fold > summary, .body details > summary { cursor: pointer; }
.legend { font-size: .85rem; color: var(--soft); } .legend svg { width: 1em; height: 1em; vertical-align: -.1em; margin: 0 .25em 0 .9em; } .legend svg:first-child { margin-left: 0; }
.defs { position: absolute; width: 0; height: 0; }
ul.plain { margin: .3rem 0; padding-left: 1.2rem; } footer { margin-top: 3.5rem; padding-block: 1.2rem 3rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .88rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) { .line { white-space: normal; } td.bar, th.bar { display: none; } body { font-size: 15px; } header, main, footer { padding-inline: 1rem; } h1 { font-size: 1.6rem; } h1 small { display: block; }
  .stack thead { position: absolute; left: -100rem; } .stack tr { display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; padding: .55rem 0; border-bottom: 1px solid var(--line); }
  .stack th, .stack td { padding: 0; border: 0; text-align: left; } .stack th, .stack td:not([data-name], [data-name] ~ td) { flex-basis: 100%; min-width: 0; overflow-wrap: anywhere; }
  .stack .number + td { padding: 0; } .stack [data-name]::before { content: attr(data-name) ": "; color: var(--soft); font-size: .9em; }
  .failure dl, .pairs { grid-template-columns: 1fr; gap: 0; } .failure dd, .pairs dd { margin-bottom: .5rem; }
  .case > details > summary { grid-template-columns: 1fr; } .case summary .aside { text-align: left; grid-row: 2; } .body { padding-inline: .9rem; } }
@media print { html { font-size: 10pt; } :root { --paper: #fff; --panel: #fff; --ink: #000; color-scheme: light; } body { font-size: 1rem; } nav, .skip { display: none; } header, main, footer { max-width: none; padding: 0; }
  .case { break-inside: auto; } .log { max-height: none; } .scroll, .moments figure { overflow: visible; } .moments svg { max-width: 100%; height: auto; } .case summary, tr, figure, .failure { break-inside: avoid; } h2, h4 { break-after: avoid; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .short > details::details-content, .fold::details-content { content-visibility: visible; block-size: auto; display: block; } }
`);
