import { playOutage } from './play-outage.ts';

/** Prints what an outage of Security Hub of so many hours does to the queue, with the stack's own settings. */
export async function reportOutages(): Promise<number> {
  console.log(
    '| outage | findings | first in the dead-letter queue after | dead letters | lost | drained, minutes after its end |',
  );
  console.log('|---:|---:|---:|---:|---:|---:|');
  let lost = 0;
  for (const hours of [1, 2, 4, 24]) {
    const { findings, firstLetterMinutes, letters, drainedMinutes, undone } = await playOutage(hours);
    const first = firstLetterMinutes === null ? 'never' : `${firstLetterMinutes} min`;
    console.log(`| ${hours} h | ${findings} | ${first} | ${letters} | ${undone} | ${drainedMinutes} |`);
    lost += undone;
  }
  return lost === 0 ? 0 : 1;
}
