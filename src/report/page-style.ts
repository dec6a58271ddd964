import { ALL_TINTS } from './draw/palette.ts';

const variables = (theme: 'light' | 'dark'): string =>
  ALL_TINTS.map((tint) => `${tint.variable}: ${tint[theme]};`).join(' ');

/** One style sheet for screens in light and dark, and for paper. Nothing is loaded from anywhere. */
export const pageStyle = (): string => `
:root { color-scheme: light dark; ${variables('light')} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables('dark')} } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 72rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.2rem; border-bottom: 1px solid var(--grid); padding-bottom: .25rem; }
h3 { margin: 1.5rem 0 .25rem; font-size: 1rem; }
p { margin: .5rem 0; max-width: 46rem; }
.state { display: inline-block; padding: .1rem .6rem; border: 1.5px solid var(--ink); border-radius: 1rem; font-weight: 600; font-size: .9rem; }
.muted, caption, figcaption { color: var(--muted); }
.note { border-left: 4px solid var(--vermilion); padding: .25rem .75rem; }
dl.head { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; margin: 1rem 0; }
dl.head dt { color: var(--muted); } dl.head dd { margin: 0; overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1.25rem 0; padding: 0; list-style: none; }
.cards li { border: 1px solid var(--grid); border-radius: .5rem; padding: .6rem .8rem; }
.cards b { display: block; font-size: 1.35rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.cards .unknown b { font-size: 1rem; color: var(--muted); }
.cards span { color: var(--muted); font-size: .85rem; }
figure { margin: .75rem 0 1.25rem; overflow-x: auto; } figure svg { width: 100%; min-width: 40rem; height: auto; display: block; }
figcaption { font-size: .85rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0 0 .25rem; position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--grid); overflow-wrap: break-word; }
th { color: var(--muted); font-weight: 600; white-space: nowrap; }
td:first-child { white-space: nowrap; }
#numbers td:first-child, #warnings td:first-child { white-space: normal; }
nav { margin: 1rem 0; font-size: .88rem; } nav a { color: inherit; margin-right: 1rem; }
@media print {
  :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 10pt; } nav { display: none; }
  figure, tr, .cards li { break-inside: avoid; } h2, h3 { break-after: avoid; } .wide, figure { overflow: visible; } figure svg { min-width: 0; }
  thead { display: table-header-group; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
