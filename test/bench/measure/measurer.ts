import { generateRuleset } from '../workload/ruleset.ts';
import { WORKLOAD_SEED } from '../workload/seeds.ts';
import { prepareBatch } from './batch.ts';
import type { Job, Measurement, Question } from './job.ts';
import { prepareLatency } from './latency.ts';
import { prepareMatching } from './matching.ts';
import { METHODS } from './methods.ts';
import { prepareVersion } from './version.ts';

/*
 * The child process: answers its parent's questions one by one, and idles between them so that it takes nothing from
 * those that are measured meanwhile.
 */

let measurement: Measurement | null = null;

async function answer(question: Question): Promise<unknown> {
  if (question.ask === 'prepare') {
    measurement = await prepare(question.job);
    return measurement.preparation;
  }
  if (measurement === null) throw new Error('Nothing was prepared.');
  switch (question.ask) {
    case 'verdicts':
      return measurement.verdicts(question.indexes);
    case 'round':
      return measurement.round();
    case 'memory':
      return { peakRssBytes: process.resourceUsage().maxRSS * 1024 };
  }
}

function prepare(job: Job): Promise<Measurement> {
  const ruleset = generateRuleset(WORKLOAD_SEED, job.size);
  switch (job.kind) {
    case 'matching': {
      const build = METHODS[job.method];
      if (build === undefined) throw new Error(`There is no method ${job.method}.`);
      return prepareMatching(ruleset, build, job.budgetMs);
    }
    case 'latency':
      return prepareLatency(ruleset, job.findings);
    case 'batch':
      return prepareBatch(ruleset);
    case 'version':
      return prepareVersion(job.root, ruleset, job.budgetMs);
  }
}

process.on('message', async (question: Question) => {
  try {
    process.send?.({ answer: await answer(question) });
  } catch (error) {
    process.send?.({ failure: error instanceof Error ? error.stack : String(error) });
  }
});
