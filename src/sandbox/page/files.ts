import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

export interface ServedFile {
  readonly type: string;
  readonly body: string | Buffer;
}

/** In this order: what is narrow comes last and has the last word. */
const STYLES = ['base', 'frame', 'side', 'conversation', 'blocks', 'composer', 'dialogs', 'picture', 'narrow'] as const;

/** Only the page's own folders, and no name with a dot before its ending: nothing above them can be named. */
const MODULE = /^\/(browser|view)\/([a-z0-9-]+)\.(ts|js)$/;

const SCRIPT = 'text/javascript; charset=utf-8';

/** In the checkout modules are TypeScript, whose types Node strips; in the package they are compiled and lie in the same folders. */
const moduleText = async (path: string): Promise<string> => {
  const text = await readFile(path, 'utf8');
  return path.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
};

const document = (ending: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>steer sandbox</title>
<link rel="icon" href="data:,">
${STYLES.map((name) => `<link rel="stylesheet" href="/style/${name}.css">`).join('\n')}
<script type="module" src="/browser/main.${ending}"></script>
</head>
<body>
<div id="page"><p class="starting">Starting the workspace…</p></div>
<noscript>This page needs JavaScript: it shows a workspace that changes.</noscript>
</body>
</html>
`;

/** The page's files by path; null for what is not one of them. `directory` holds `style`, `view` and `browser`. */
export const fileReader = (directory: string): ((path: string) => Promise<ServedFile | null>) => {
  const require = createRequire(import.meta.url);
  const ending = existsSync(join(directory, 'browser', 'main.ts')) ? 'ts' : 'js';
  return async (path) => {
    if (path === '/') return { type: 'text/html; charset=utf-8', body: document(ending) };
    const style = STYLES.find((name) => path === `/style/${name}.css`);
    if (style !== undefined)
      return { type: 'text/css; charset=utf-8', body: await readFile(join(directory, 'style', `${style}.css`)) };
    if (path === '/vendor/echarts.mjs')
      return { type: SCRIPT, body: await readFile(require.resolve('echarts/dist/echarts.esm.min.mjs')) };
    const [, folder, name, asked] = MODULE.exec(path) ?? [];
    if (folder === undefined || name === undefined || asked !== ending) return null;
    const file = join(directory, folder, `${name}.${ending}`);
    return existsSync(file) ? { type: SCRIPT, body: await moduleText(file) } : null;
  };
};
