import { huntAll, isFound, medianOf } from './hunt-all.ts';

/** Far enough apart that hunts share no schedule. */
const APART = 1_000_000;

/** Prints which sabotages are found, after how many schedules and by which invariant; 1 where one is not. */
export async function reportSabotages(seed: number, limit: number, atOnce: number): Promise<number> {
  const seeds = [seed, seed + APART, seed + 2 * APART];
  const all = await huntAll({
    ...{ seedsOf: () => seeds, limit, atOnce },
    onHunted: ({ sabotage }) => console.error(`hunted: ${sabotage.says}`),
  });
  const found = all.filter(({ hunts }) => isFound(hunts)).length;
  console.log(
    `${found} of ${all.length} sabotages found, each hunted from seeds ${seeds.join(', ')}, at most ${limit} schedules each`,
  );
  console.log('\n| sabotage | found by | schedules, median | from each seed |\n|---|---|---:|---|');
  for (const { sabotage, hunts } of all) {
    const by = [...new Set(hunts.flatMap(({ invariant }) => invariant ?? []))].join(', ');
    const each = hunts.map(({ schedules }) => schedules ?? `not in ${limit}`).join(', ');
    console.log(
      `| ${sabotage.says} | ${by || '**not found**'} | ${medianOf(hunts) ?? `> ${limit}`} | ${each} |`,
    );
  }
  return found === all.length ? 0 : 1;
}
