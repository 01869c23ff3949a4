import { loadRules } from '../../../lib/rules/load.ts';

const { ruleset, diagnostics } = loadRules(process.argv[2] ?? '');
if (ruleset === null || ruleset === undefined)
  throw new Error(`The rules do not load: ${diagnostics[0]?.message}`);
