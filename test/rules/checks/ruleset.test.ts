import { describe, expect, it } from 'vitest';
import {
  CONTEXT,
  codesOf,
  loadFolder,
  RULE,
  ruleOn,
  ruleWith,
  ruleWriting,
  saidOf,
} from '../rules-folder.ts';

const leaf = (fact: string) => ({ fact, operator: 'exists', value: true });
const NOTE = { Note: { Text: 'seen' } };
const named = (name: string, rule: object) => ({ ...rule, name });
const load = (rules: readonly object[], files: Readonly<Record<string, unknown>> = {}) =>
  loadFolder({
    ...CONTEXT,
    ...files,
    ...Object.fromEntries(rules.map((rule, i) => [`area/${i}.json`, named(`rule-${i}`, rule)])),
  });

describe('references to shared conditions', () => {
  const condition = (...inner: unknown[]) => ({ condition: { all: inner } });

  it('refuses an unknown one', () => {
    const loaded = load([ruleOn({ condition: 'prodution' })], {
      'conditions/production.json': condition(leaf('Title')),
    });

    expect(saidOf(loaded)).toEqual([expect.stringMatching(/TR113 .* Did you mean "production"/)]);
  });

  it('refuses an unknown one in a shared condition, and takes it for no circle', () => {
    const loaded = load([ruleOn({ condition: 'a' })], {
      'conditions/a.json': condition({ condition: 'absent' }),
    });

    expect(saidOf(loaded)).toEqual([expect.stringMatching(/TR113 /)]);
  });

  it('refuses one in a block on elements', () => {
    const inside = { fact: 'Resources', operator: 'anyElement', value: { all: [{ condition: 'p' }] } };
    const loaded = load([ruleOn(inside)], { 'conditions/p.json': condition(leaf('Title')) });

    expect(saidOf(loaded)).toEqual([expect.stringMatching(/TR113 A block on elements cannot/)]);
  });

  it('tells each circle once', () => {
    const files = {
      'conditions/a.json': condition({ condition: 'b' }),
      'conditions/b.json': condition({ not: { condition: 'c' } }),
      'conditions/c.json': condition({ any: [{ condition: 'a' }] }),
      'conditions/self.json': condition({ condition: 'self' }),
      'conditions/fine.json': condition(leaf('Title')),
      'conditions/user.json': condition({ condition: 'a' }, { condition: 'fine' }),
    };

    const said = saidOf(load([ruleOn({ condition: 'user' })], files));

    expect(said).toEqual([
      expect.stringMatching(/TR114 .*a → b → c → a/),
      expect.stringMatching(/TR114 .*self → self/),
    ]);
  });

  it('accepts one condition used twice', () => {
    const files = {
      'conditions/a.json': condition({ condition: 'c' }),
      'conditions/b.json': condition({ condition: 'c' }),
      'conditions/c.json': condition(leaf('Title')),
    };

    expect(saidOf(load([ruleOn({ condition: 'a' }, { condition: 'b' })], files))).toEqual([]);
  });

  it('checks a shared condition as it checks a rule', () => {
    const files = { 'conditions/a.json': condition({ fact: 'Titel', operator: 'equals', value: 1 }) };

    expect([...codesOf(load([RULE], files))].sort()).toEqual(['TR101', 'TR102']);
  });

  it('refuses a shared condition that is not wrapped', () => {
    expect(saidOf(load([RULE], { 'conditions/a.json': { all: [leaf('Title')] } }))[0]).toMatch(
      /stands in "condition"/,
    );
  });
});

describe('names of rules', () => {
  it('are taken once', () => {
    const loaded = loadFolder({
      'a/one.json': RULE,
      'b/two.json': RULE,
      'b/three.json': named('other', RULE),
    });

    expect(saidOf(loaded)).toEqual([
      expect.stringMatching(/TR119 The name "example" is taken by a\/one.json/),
    ]);
  });
});

describe('overwriting what rules read', () => {
  const overwriting = (field: string, params: object) => ruleWriting(params, { overwrite: [field] });

  it.each([
    [
      'a note that another rule reads',
      overwriting('Note', NOTE),
      ruleOn(leaf('Note.Text')),
      /"rule-0" overwrites Note, and the rule "rule-1" reads Note.Text/,
    ],
    [
      'a note that a template reads',
      overwriting('Note', NOTE),
      ruleWriting({ UserDefinedFields: { was: '{{Note.Text}}' } }),
      /"rule-1" reads Note.Text/,
    ],
    [
      'a note read on the other side',
      overwriting('Note', NOTE),
      ruleOn({ fact: 'Title', operator: 'equal', value: { fact: 'Note.Text' } }),
      /reads Note.Text/,
    ],
    [
      'a key that another rule reads',
      overwriting('UserDefinedFields', { UserDefinedFields: { team: 'x' } }),
      ruleOn(leaf('UserDefinedFields.team')),
      /reads UserDefinedFields.team/,
    ],
    [
      'a key read as a whole',
      overwriting('UserDefinedFields', { UserDefinedFields: { team: 'x' } }),
      ruleOn(leaf('UserDefinedFields')),
      /reads UserDefinedFields/,
    ],
  ])('refuses %s', (_, writer, reader, message) => {
    const loaded = load([writer, reader]);

    expect(codesOf(loaded)).toEqual(['TR117']);
    expect(saidOf(loaded)[0]).toMatch(message);
  });

  it('refuses it through a shared condition', () => {
    const files = { 'conditions/noted.json': { condition: { all: [leaf('Note')] } } };
    const loaded = load([overwriting('Note', NOTE), ruleOn({ condition: 'noted' })], files);

    expect(saidOf(loaded)).toEqual([expect.stringMatching(/TR117 .* "rule-1" reads Note\./)]);
  });

  it.each([
    ['Types', { Types: ['TTPs'] }, 'Types'],
    ['RelatedFindings', { RelatedFindings: [{ Id: 'x', ProductArn: 'arn:x' }] }, 'RelatedFindings'],
  ])('refuses a rule that overwrites %s and reads it', (field, params, fact) => {
    const loaded = load([{ ...overwriting(field, params), conditions: { all: [leaf(fact)] } }]);

    expect(saidOf(loaded)).toEqual([expect.stringMatching(/TR117 .* this rule reads/)]);
  });

  it.each([
    [
      'another key',
      overwriting('UserDefinedFields', { UserDefinedFields: { team: 'x' } }),
      ruleOn(leaf('UserDefinedFields.owner')),
    ],
    [
      'severity, which the provider keeps',
      overwriting('Severity', { Severity: { Label: 'LOW' } }),
      ruleOn(leaf('Severity.Label')),
    ],
    ['types that another rule reads', overwriting('Types', { Types: ['TTPs'] }), ruleOn(leaf('Types'))],
    ['a note that no rule overwrites', ruleWriting(NOTE), ruleOn(leaf('Note.Text'))],
  ])('accepts %s', (_, writer, reader) => {
    expect(saidOf(load([writer, reader]))).toEqual([]);
  });
});

describe('custom actions', () => {
  const action = (params: object, ...more: unknown[]) => ({
    ...ruleOn(leaf('event.actionName'), ...more),
    event: { type: 'update', params },
  });

  it('refuses a rule that reads what it writes itself', () => {
    const loaded = load([action({ Workflow: { Status: 'NOTIFIED' } }, leaf('Workflow.Status'))]);

    expect(saidOf(loaded)).toEqual([
      expect.stringMatching(/TR118 "rule-0" writes Workflow .* it reads Workflow.Status/),
    ]);
  });

  it('refuses a rule that reads what another one writes', () => {
    const loaded = load([
      action({ UserDefinedFields: { by: 'x' } }),
      action({ Confidence: 5 }, leaf('UserDefinedFields.by')),
    ]);

    expect(saidOf(loaded)).toEqual([
      expect.stringMatching(/TR118 "rule-0" writes UserDefinedFields .* "rule-1"/),
    ]);
  });

  it('refuses it where the event or the field is read by a template or a shared condition', () => {
    const files = { 'conditions/pressed.json': { condition: { all: [leaf('event.detailType')] } } };
    const writer = {
      ...ruleOn({ condition: 'pressed' }),
      event: { type: 'update', params: { Severity: { Label: 'LOW' } } },
    };
    const reader = ruleWriting({ Note: { Text: '{{event.actionName}}: {{Severity.Label}}' } });

    expect(codesOf(load([writer, reader], files))).toEqual(['TR118']);
  });

  it('accepts what rules of ordinary events read, and other fields', () => {
    const loaded = load([
      action({ Workflow: { Status: 'NOTIFIED' } }, leaf('Severity.Label')),
      ruleOn(leaf('Workflow.Status')),
      action({ Confidence: 5 }, leaf('FindingProviderFields.Confidence')),
    ]);

    expect(saidOf(loaded)).toEqual([]);
  });
});

describe('the description of a rule', () => {
  it.each([
    ['name', '', /A name has 1 to 128/],
    ['name', 'a|b', /A name has 1 to 128/],
    ['name', 'x'.repeat(129), /A name has 1 to 128/],
    ['owner', ' ', /not blank/],
    ['priority', 0, /less than 1/],
    ['priority', 1.5, /not integer/],
    ['priority', '10', /not integer/],
    ['mode', 'enforced', /Did you mean "enforce"/],
    ['reasonCode', 'accepted', /One of: false-positive|Did you mean/],
    ['overwrite', ['Title'], /is not a value of "overwrite.0"/],
    ['overwrite', ['Note', 'Note'], /names something twice/],
    ['stop', 'yes', /not boolean/],
    ['enabled', true, /"enabled" is not a member of this file/],
  ])('refuses %s %j', (member, value, message) => {
    const loaded = loadFolder({ 'area/x.json': ruleWith({ [member]: value }) });

    expect(saidOf(loaded)).toEqual([expect.stringMatching(message)]);
    expect(codesOf(loaded)).toEqual(['TR003']);
  });

  it('tells a misspelt member once', () => {
    const { priority: _, ...rest } = RULE;

    expect(saidOf(loadFolder({ 'area/x.json': { ...rest, pririty: 5 } }))).toEqual([
      expect.stringMatching(/"pririty" is not a member of this file. Did you mean "priority"/),
    ]);
  });
});
