// Measures one size in a process of its own, so that neither heap nor counters know of another size. Counting begins before
// the product is loaded: V8 counts no block of a function that it compiled earlier.
import { countWork } from './work-counter.ts';

const [names = '', counting = ''] = process.argv.slice(2);
const work = counting === 'count' ? await countWork() : null;
const { evacuate } = await import('./evacuate.ts');
await work?.take();
const evacuation = await evacuate(Number(names));
const blocks = (await work?.take()) ?? 0;
process.stdout.write(JSON.stringify({ ...evacuation, blocks }));
