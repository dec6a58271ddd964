import { helpLines } from '../grammar/help.ts';

/** What only the command line has: it looks after the installation, not after traffic. */
const TOOLS: readonly { readonly usage: string; readonly summary: string }[] = [
  { usage: 'config check|diff|accept|reload|schema', summary: 'the file is a proposal; accept puts it in force' },
  { usage: 'store init|adopt', summary: 'make the store, or take over another' },
  { usage: 'serve', summary: 'execute runs' },
  { usage: 'provider check · audit verify · doctor', summary: 'is everything as it should be?' },
  {
    usage: 'dns zone|record|geo|weighted|diff|copy',
    summary: 'zones and records; what would change, as a diff first',
  },
  { usage: 'slack manifest|check', summary: 'the Slack app: what to paste there, and is all of it right?' },
  { usage: 'sandbox drill', summary: 'a whole drill, no account needed' },
  { usage: 'completion bash|zsh|fish', summary: 'for your shell' },
];

/** One screen: every verb of the grammar, then the tools. */
export const rootHelp = (): readonly string[] => {
  const width = Math.max(...TOOLS.map(({ usage }) => usage.length));
  return [
    'steer [--config FILE] VERB …   moves live traffic between regions by DNS, step by step.',
    ...helpLines('steer '),
    ...TOOLS.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`),
  ];
};
