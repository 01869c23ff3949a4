import { runScripted } from '../run-schedule.ts';
import { readScript } from './script.ts';

/** Plays a script in the code that stands beside this file, and prints the invariants that it breaches. Argument: the script's name. */
const { breaches } = await runScripted(readScript(process.argv[2] ?? ''));
console.log(JSON.stringify([...new Set(breaches.map(({ invariant }) => invariant))]));
