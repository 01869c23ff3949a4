import { CANARY } from '../workload/population.ts';
import type { Invariant } from './invariant.ts';

export const secrecy: Invariant = {
  id: 'I13',
  name: 'secrecy',
  says: 'No text of a finding comes up in a log line or a metric.',
  watch: (_world, { holds }) => ({
    onLine(line) {
      holds(!line.includes(CANARY), () => `a log line quotes a finding: ${line.slice(0, 200)}`);
    },
  }),
};
