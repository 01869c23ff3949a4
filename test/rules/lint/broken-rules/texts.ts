import { GUARDDUTY, rule } from '../lint-folder.ts';
import { type BrokenRule, broken, on, one } from './broken-rule.ts';

/** Slips of the pen, in JSON and in the shape of a rule. */
export const BROKEN_TEXTS: readonly BrokenRule[] = [
  broken('a comma too many', 'TR001', one('{ "name": "example", }'), '}', /take out the comma/),
  broken('a member twice', 'TR002', one('{ "name": "a", "name": "b" }'), '"name"', /Keep one of the two/),
  broken(
    'a misspelt member',
    'TR003',
    one({ ...rule('example', [GUARDDUTY]), priorty: 1 }),
    '"priorty"',
    /Did you mean "priority"\?/,
  ),
  broken('a priority of 0', 'TR003', one(rule('example', [GUARDDUTY], { priority: 0 })), '0', /least/),
  broken(
    'a rule outside an area',
    'TR005',
    { ...on(GUARDDUTY), 'lost.json': rule('lost', [GUARDDUTY]) },
    '',
    /rules\/<area>\/<name>\.json/,
  ),
  broken(
    'rules of a later version',
    'TR006',
    { ...on(GUARDDUTY), 'triage.config.json': '{\n  "formatVersion": 2\n}\n' },
    '2',
    /securityhub-triage 2\.x, as the README says/,
  ),
];
