// @ts-check

/** The colours that a page may set as `--prescreen-…`, each with what it is otherwise. */
export const COLOURS = {
  text: 'light-dark(#16202a, #edf1f4)',
  muted: 'light-dark(#46525e, #b9c3cc)',
  background: 'light-dark(#ffffff, #12181e)',
  soft: 'light-dark(#f1f5f7, #1d262e)',
  line: 'light-dark(#66727e, #93a0ac)',
  hair: 'light-dark(#c6ced5, #3b4752)',
  accent: 'light-dark(#0b5563, #86d3e3)',
  'on-accent': 'light-dark(#ffffff, #06262d)',
  alert: 'light-dark(#a8201a, #ffa198)',
  focus: 'light-dark(#1a4fd6, #ffd166)',
};

const CSS = `
:host {
${Object.entries(COLOURS).map(([name, value]) => `  --_${name}: var(--prescreen-${name}, ${value});`).join('\n')}
  --_radius: var(--prescreen-radius, 0.375rem);
  --_target: var(--prescreen-target, 2.75rem);
  display: block;
}
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host([hidden]) { display: none; }
:host(:state(loading)) { min-block-size: 100vh; }
*, ::before, ::after { box-sizing: border-box; }
.root {
  max-inline-size: var(--prescreen-measure, 41rem);
  color: var(--_text);
  background: var(--_background);
  font: 400 var(--prescreen-font-size, 1.1875rem)/var(--prescreen-line-height, 1.5) var(--prescreen-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif);
  text-align: start;
  overflow-wrap: break-word;
}
.root:lang(zh) { line-height: var(--prescreen-line-height, 1.7); max-inline-size: min(var(--prescreen-measure, 41rem), 42em); }
h1, h2, h3, h4, h5, h6, p, ul, dl, dd, fieldset, legend { margin: 0; padding: 0; border: 0; }
fieldset { min-inline-size: 0; }
legend { display: block; inline-size: 100%; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; font-size: 1.25em; margin-block: 1.8em 0.5em; }
h4, h5, h6 { font-size: 1.05em; }
.root:lang(zh) :is(h1, h2, h3, h4, h5, h6) { line-height: 1.4; }
.title { text-wrap: balance; font-size: clamp(1.5em, 1.25em + 1.6vi, 1.95em); margin-block: 0 0.6em; }
legend .title { margin-block-end: 0.5em; }
:lang(zh) .title { text-wrap: wrap; }
p, ul, dl, .entry { margin-block-end: var(--prescreen-space, 0.9em); }
ul { padding-inline-start: 1.3em; }
li { margin-block-end: 0.35em; }
.airplane[hidden] { display: list-item; visibility: hidden; }
ul.plain { list-style: none; padding: 0; }
a, .link { color: var(--_accent); text-underline-offset: 0.18em; }
.lead { font-size: 1.08em; }
.hint, .small, .caption, .or { color: var(--_muted); }
.small { font-size: 0.875em; margin-block-start: 1.5em; }
span.small { margin: 0; }
.caption { margin-block-end: 0.4em; }
.spoken { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { flex: none; inline-size: 1.3em; block-size: 1.3em; fill: none; stroke: currentColor; stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round; }
.icon:dir(rtl).back { transform: scaleX(-1); }
:focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
.title:focus, .summary:focus { outline: none; }
.title:focus-visible, .summary:focus-visible { outline: 3px solid var(--_focus); outline-offset: 4px; }

button { font: inherit; color: inherit; cursor: pointer; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75em; margin-block: 1.75em 1em; }
.primary, .secondary { min-block-size: max(3rem, var(--_target)); padding: 0.55em 1.25em; border: 2px solid var(--_accent); border-radius: var(--_radius); font-weight: 600; line-height: 1.3; }
a.primary, a.secondary { display: inline-flex; align-items: center; text-decoration: none; }
[aria-disabled] { opacity: 0.6; cursor: default; }
.primary { background: var(--_accent); color: var(--_on-accent); }
.secondary { background: none; color: var(--_accent); }
.primary:hover { background: color-mix(in srgb, var(--_accent) 85%, var(--_text)); }
.secondary:hover { background: var(--_soft); }
.link, .back { min-block-size: var(--_target); min-inline-size: 2.75rem; padding: 0.3em 0; background: none; border: 0; text-align: start; }
.link { text-decoration: underline; }
.link:hover { text-decoration-thickness: 3px; }
.back { display: inline-flex; align-items: center; gap: 0.25em; padding-inline-end: 0.6em; }
.back .icon { inline-size: 1em; block-size: 1em; }
.bar { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.5em; margin-block-end: 0.75em; }

.emergency, .notice, .why, .summary { padding: 0.9em 1.1em; margin-block-end: 1.5em; background: var(--_soft); border: 1px solid var(--_hair); border-inline-start: 0.4em solid var(--_accent); }
.emergency, .summary { border-color: var(--_alert); border-inline-start-width: 0.4em; }
.emergency > :first-child, .summary > :first-child { margin-block: 0 0.4em; }
.emergency > :last-child, .summary > :last-child { margin-block-end: 0; }
.emergency h1, .emergency h2, .emergency h3, .emergency h4, .emergency h5 { color: var(--_alert); }
.summary { background: none; border-width: 0.2em; border-inline-start-width: 0.4em; }
.summary ul { list-style: none; padding: 0; }
.summary .link, .error { color: var(--_alert); font-weight: 600; }
slot[name="fallback"]:lang(en)::slotted(:lang(zh)), slot[name="fallback"]:lang(zh)::slotted(:lang(en)) { display: none; }
.loading { color: var(--_muted); }

.options { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.5em; }
.options.inline { display: flex; flex-wrap: wrap; }
.option { display: flex; gap: 0.75em; align-items: flex-start; min-block-size: var(--_target); padding: 0.65em 0.9em; border: 1px solid var(--_hair); border-radius: var(--_radius); cursor: pointer; }
.option > :not(input) { min-inline-size: 0; overflow-wrap: anywhere; }
.option:hover { background: var(--_soft); }
.option:has(:checked) { border-color: var(--_accent); background: var(--_soft); outline: 1px solid var(--_accent); }
.option:has(:focus-visible) { outline: 3px solid var(--_focus); outline-offset: 2px; }
.option :focus-visible { outline: none; }
.option input { appearance: none; flex: none; display: grid; place-content: center; inline-size: 1.5rem; block-size: 1.5rem; margin: 0.08em 0 0; border: 2px solid var(--_line); border-radius: 50%; background: var(--_background); }
.option [type="checkbox"] { border-radius: 0.2rem; }
.option input:checked { border-color: var(--_accent); }
.option [type="radio"]:checked { border-width: 0.45rem; }
.option [type="checkbox"]:checked { background: var(--_accent); }
.option [type="checkbox"]:checked::before { content: ""; inline-size: 0.45rem; block-size: 0.85rem; border: solid var(--_on-accent); border-width: 0 0.18rem 0.18rem 0; transform: translateY(-0.1rem) rotate(45deg); }
.option .hint { display: block; }
.or { margin-block: 0.6em; padding-inline-start: 0.3em; }
.options .or { margin-block: 0.1em; }

.entry > label, .group > legend, .row > legend { font-weight: 600; }
.entry > label { display: block; }
.entry > .hint { display: block; }
.group { margin-block: 1.4em 1.2em; }
.group > legend { margin-block-end: 0.25em; }
.group > .hint { margin-block-end: 0.4em; }
.parts { display: flex; flex-wrap: wrap; gap: 0 1.1em; align-items: flex-end; }
.parts > .secondary { max-inline-size: 100%; margin-block-end: 0.4em; margin-inline-end: -0.4em; }
.parts .entry > label { font-weight: 400; }
.unit { white-space: nowrap; }
.line { display: inline-flex; max-inline-size: 100%; flex-wrap: wrap; align-items: center; gap: 0.2em 0.5em; margin-block-start: 0.25em; }
input[type="text"], select { font: inherit; color: var(--_text); background: var(--_background); border: 2px solid var(--_line); border-radius: var(--_radius); min-block-size: max(2.9rem, var(--_target)); padding: 0.3em 0.55em; max-inline-size: 100%; }
input[type="text"] { min-inline-size: 0; inline-size: calc(attr(size type(<number>), 8) * 0.8em + 1.4em); field-sizing: fixed; }
input[type="file"] { display: block; font: inherit; max-inline-size: 100%; min-block-size: var(--_target); margin-block: 0.4em; }
select { display: block; margin-block-start: 0.25em; }
.wrong { border-inline-start: 0.3em solid var(--_alert); padding-inline-start: 0.8em; }
.wrong input[type="text"], .wrong select { border-color: var(--_alert); }
.error { margin-block-end: 0.35em; }
.row { padding: 1em 1.1em 0.4em; margin-block-end: 1em; border: 1px solid var(--_hair); border-radius: var(--_radius); }
.row > legend { inline-size: auto; padding-inline: 0.3em; }

details { margin-block-end: 0.75em; }
summary { display: list-item; min-block-size: var(--_target); padding-block: 0.5em; color: var(--_accent); cursor: pointer; text-decoration: underline; text-underline-offset: 0.18em; }
summary:hover { text-decoration-thickness: 3px; }
form > details { margin-block: 0.75em 0; }
details > :not(summary) { margin-inline-start: 1.1em; }
.part { border-block-end: 1px solid var(--_hair); margin: 0; }
.part > summary { font-weight: 600; padding-block: 0.7em; }
.part > :not(summary) { margin-inline-start: 0; }

.facts { display: grid; grid-template-columns: auto 1fr; gap: 0.2em 1.2em; }
.facts dt { color: var(--_muted); }
.answer { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1em; padding-block: 0.5em; border-block-end: 1px solid var(--_hair); }
.answer dt { font-weight: 600; }
.answer > * { grid-column: 1; }
.answer .open { color: var(--_muted); }
.answer .change { grid-area: 1 / 2 / 3; align-self: center; }

.outcome { display: flex; gap: 0.8em; align-items: flex-start; padding: 1.2em; margin-block-end: 1.2em; border: 3px solid var(--_accent); border-radius: var(--_radius); background: var(--_soft); }
.outcome .title { margin: 0; }
.outcome > .icon { inline-size: 2.6em; block-size: 2.6em; padding: 0.35em; border: 3px solid; border-radius: 50%; color: var(--_accent); }
.not-now { border-color: var(--_line); }
.not-now > .icon { color: var(--_muted); }
.criterion { margin: 0; border-block-end: 1px solid var(--_hair); }
.criterion > summary { display: flex; gap: 0.6em; color: var(--_text); text-decoration: none; padding-block: 0.6em; }
.criterion > summary:hover span { text-decoration: underline; }
.criterion > summary .icon { color: var(--_accent); margin-block-start: 0.1em; }
.criterion.fail > summary .icon { color: var(--_alert); }
.criterion.pending > summary .icon { color: var(--_muted); }
.find .hint, .find .link { display: block; }
.criterion > :not(summary) { margin-inline-start: 1.9em; }
.findings { padding-inline-start: 1.2em; }
.letter dt { font-weight: 600; }
.letter dd { margin-block-end: 0.6em; overflow-wrap: anywhere; }
.message { margin: 0; padding: 0.8em 1em; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--_soft); border: 1px solid var(--_line); border-radius: var(--_radius); }
.data { font: 0.8em/1.5 ui-monospace, monospace; }
.help { margin-block-start: 3em; padding-block-start: 1em; border-block-start: 1px solid var(--_hair); color: var(--_muted); font-size: 0.9em; }
.help p { margin-block-end: 0.3em; }
.help .link { margin-inline-end: 1.2em; }

@media (min-width: 40rem) {
  .answer { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) 5em; align-items: center; }
  .answer dd { grid-column: 2; }
  .answer .change { grid-area: 1 / 3; }
}
@media (prefers-contrast: more) {
  :host { --_hair: var(--_line); --_muted: var(--_text); }
}
@media (forced-colors: active) {
  .option:has(:checked) { border-width: 3px; }
  .primary, .secondary { border-color: ButtonText; }
}
@media print {
  :host { color-scheme: light; }
  .bar, .help, .actions, .tools, .change, .link, .find .link { display: none; }
  .root, .root:lang(zh) { max-inline-size: none; font-size: 8.25pt; line-height: 1.18; }
  p, ul, li { margin-block-end: 0.1em; }
  h2, h3, h4 { margin-block: 0.6em 0.2em; font-size: 1.1em; }
  summary, .criterion > summary, .part > summary { min-block-size: 0; padding-block: 0; color: inherit; text-decoration: none; }
  .small { margin-block: 0.2em; }
  .outcome, .notice { padding: 0.5em 0.8em; margin-block-end: 0.6em; }
  .answer { grid-template-columns: 1.2fr 1fr; padding-block: 0.15em; }
  .answer dd { grid-column: 2; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .criterion > :not(summary, .reasons, .dates, .small), .criterion.pass > :not(summary) { display: none; }
  .criterion > .small, .reasons, .reasons li { display: inline; margin: 0; padding: 0; }
  .reasons li::after { content: " "; }
  .receipt p:not(.small) { display: none; }
  .screen:has(.outcome) { columns: 2; column-gap: 1.5em; }
  .outcome, .caption, .lead, .screen > .notice { column-span: all; }
  .part:has(.find), .reasons + .dates { display: none; }
  .notice { border-block: 0; border-inline: 0.3em solid var(--_accent); border-inline-end: 0; }
  .outcome { border-width: 2px; padding: 0.3em 0.6em; align-items: center; }
  .outcome .title { font-size: 1.6em; }
  .receipt .small { font-size: 6.5pt; }
  .outcome > .icon { inline-size: 2em; block-size: 2em; }
  .answer dt { font-weight: 400; }
  .part > ul, .part > div { margin-block: 0; }
  .part .answer { padding-block: 0; }
  .part .small { margin: 0; overflow-wrap: anywhere; }
  .criterion, li, .answer { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; }
}
`;

/** @type {CSSStyleSheet | undefined} */
let shared;

/** The one sheet of all elements in a page. */
export function sheet() {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(CSS);
  }
  return shared;
}
