// Replays a journal of one size in a process of its own. Counting begins before the product is loaded: V8 counts no block of a
// function that it compiled earlier.
import { countWork } from '../scale/work-counter.ts';

const [events = '', counting = ''] = process.argv.slice(2);
const work = counting === 'count' ? await countWork() : null;
const { replayed } = await import('./replayed.ts');
process.stdout.write(JSON.stringify(await replayed(Number(events), work)));
