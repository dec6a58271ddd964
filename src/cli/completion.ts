import { OPTIONS, optionsFor, VERBS } from '../grammar/vocabulary.ts';
import { DNS_WORDS } from './dns/program.ts';

const TOOL_WORDS: Readonly<Record<string, readonly string[]>> = {
  config: ['check', 'diff', 'accept', 'reload', 'schema'],
  store: ['init', 'adopt'],
  provider: ['check'],
  dns: DNS_WORDS,
  audit: ['verify'],
  slack: ['manifest', 'check'],
  sandbox: ['drill'],
  completion: ['bash', 'zsh', 'fish'],
  doctor: [],
  serve: [],
};

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const first = [...VERBS, ...Object.keys(TOOL_WORDS)];

const after = (): readonly (readonly [string, readonly string[]])[] => [
  ...VERBS.map((verb) => [verb, optionsFor(verb, 'terminal').map((name) => `--${name}`)] as const),
  ...Object.entries(TOOL_WORDS),
];

const bash = (): string => `# steer completion for bash: eval "$(steer completion bash)"
_steer() {
  local word="\${COMP_WORDS[COMP_CWORD]}" verb="\${COMP_WORDS[1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${first.join(' ')}"
  else
    case "$verb" in
${after()
  .map(([verb, words]) => `      ${verb}) words="${words.join(' ')}" ;;`)
  .join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _steer steer
`;

const zsh = (): string => `#compdef steer
# steer completion for zsh: eval "$(steer completion zsh)"
_steer() {
  if (( CURRENT == 2 )); then
    compadd -- ${first.join(' ')}
    return
  fi
  case "$words[2]" in
${after()
  .map(([verb, words]) => `    ${verb}) compadd -- ${words.join(' ')} ;;`)
  .join('\n')}
  esac
}
compdef _steer steer
`;

const fish = (): string => {
  const verbs = `complete -c steer -f -n __fish_use_subcommand -a '${first.join(' ')}'`;
  const words = after().flatMap(([verb, list]) =>
    list.map((word) => {
      const seen = `-n '__fish_seen_subcommand_from ${verb}'`;
      if (!word.startsWith('--')) return `complete -c steer -f ${seen} -a ${word}`;
      const about = Object.entries(OPTIONS).find(([name]) => `--${name}` === word)?.[1];
      const takes = about === undefined || about.takes === null ? '' : ' -x';
      return `complete -c steer ${seen} -l ${word.slice(2)}${takes}`;
    }),
  );
  return `# steer completion for fish: steer completion fish | source\n${[verbs, ...words].join('\n')}\n`;
};

/** Words and options of every verb, from the table that also parses them. Names of regions are typed whole, on purpose. */
export const completionFor = (shell: Shell): string => {
  switch (shell) {
    case 'bash':
      return bash();
    case 'zsh':
      return zsh();
    case 'fish':
      return fish();
  }
};
