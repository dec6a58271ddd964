import { main } from './compose.ts';

process.exitCode = await main(process.argv.slice(2));
// Keep-alive sockets of vendors' clients would hold the process for a while after the work is done.
process.stdout.write('', () => process.exit());
