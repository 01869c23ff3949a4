/** What is mutated together, and the tests that have to notice. Paths are of the repository; `!` leaves out. */
export interface Area {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

export type AreaName = 'findings' | 'triage' | 'decide' | 'function' | 'engine';

/** Of lib/triage what says whose a field is and what may be done with a wish; all else, and what is new, is `decide`. */
const OWNERSHIP =
  'field|hash|instance|mark|merge|newest|ownership|plan|reply|resolve|settle|verdict|view|withdraw';

/** Without the two that compare with the reference decider and with themselves: they notice more, and take minutes. */
const TRIAGE_TESTS = ['test/triage/!(decide.property|repeated-rulings.property).test.ts'];

/** The parts whose mistakes no user would see at once: what is read, decided, sent, and called done. */
export const AREAS: Readonly<Record<AreaName, Area>> = {
  findings: {
    mutate: ['lib/findings/**/*.ts'],
    tests: ['test/findings/**/*.test.ts'],
  },
  triage: {
    mutate: [`lib/triage/@(${OWNERSHIP}).ts`],
    tests: TRIAGE_TESTS,
  },
  decide: {
    mutate: [`lib/triage/!(${OWNERSHIP}).ts`],
    tests: TRIAGE_TESTS,
  },
  function: {
    mutate: [
      'acknowledge',
      'apply',
      'call-failure',
      'dead-letter',
      'decisions',
      'delivery-memory',
      'ending',
      'message',
      'paced-call',
      'payload-lane',
      'queue-failures',
      'remember',
      'reread',
      'suppression-budget',
      'token-bucket',
    ].map((name) => `lambdas/triage/${name}.ts`),
    // Not the tests of the bundle, which run what was built; nor those of clients, queues and logs, which are slow.
    tests: [
      'test/lambdas/triage/{acknowledge,acts,apply,apply-refusals,apply-under-pressure,apply.property,call-failure,dead-letter,decisions}.test.ts',
      'test/lambdas/triage/{delivery-memory,ending,message,paced-call,payload-lane,pipeline,queue-failures}.test.ts',
      'test/lambdas/triage/{remember,reread,suppression-budget,token-bucket,two-presses}.test.ts',
    ],
  },
  engine: {
    mutate: ['lib/rules/engine/**/*.ts'],
    tests: ['test/rules/engine/**/*.test.ts'],
  },
};
