import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { AREAS, type AreaName } from './areas.ts';

/** Quick tests first: most mutants end before a property is asked. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (moduleId.endsWith('.property.test.ts') ? 1 : 0);
    return files.toSorted((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

export default defineConfig({
  test: {
    include: [...AREAS[process.env.MUTATION_AREA as AreaName].tests],
    setupFiles: ['test/mutation/few-cases.ts'],
    sequence: { sequencer: QuickFirst },
    testTimeout: 30_000,
    // One worker for all test files of a mutant; each mutant still has a fresh one.
    isolate: false,
  },
});
