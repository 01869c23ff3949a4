import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import { findingTriaged, writeFindingTriaged } from '../../lib/triage/finding-triaged.ts';
import { FINDING_TRIAGED_SCHEMA } from '../../lib/triage/finding-triaged-schema.ts';
import { actionEvent, findingWith, NOW, ruleWriting } from '../reference/fixtures.ts';
import { rulesetOf } from '../rules/engine/ruleset-of.ts';
import { strictAjv } from '../rules/schemas/strict-ajv.ts';
import { closed } from './closed-schema.ts';

const PUBLISHED = fileURLToPath(new URL('../../docs/finding-triaged.schema.json', import.meta.url));
const RELATED = [{ Id: 'other', ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/inspector' }];
const MANY = Array.from({ length: 51 }, (_, n) => `a/b/${n}`);
const validate = strictAjv().addFormat('date-time', true).compile(FINDING_TRIAGED_SCHEMA);
const validateClosed = strictAjv().addFormat('date-time', true).compile(closed(FINDING_TRIAGED_SCHEMA));

/** What a button that writes everything makes of a finding that has everything. */
const whole = await toldOfEverything();

async function toldOfEverything(): Promise<object> {
  const finding = findingWith({
    Region: 'eu-west-1',
    Severity: { Label: 'HIGH' },
    Confidence: 1,
    Criticality: 1,
    Types: ['a/b/c'],
    RelatedFindings: [{ ...RELATED[0], Id: 'before' }],
  });
  const pressed = ruleWriting(
    {
      Workflow: { Status: 'NOTIFIED' },
      Severity: { Label: 'LOW' },
      VerificationState: 'BENIGN_POSITIVE',
      Confidence: 5,
      Criticality: 5,
      Types: ['d/e/f'],
      RelatedFindings: RELATED,
      Note: { Text: 'Known scanner' },
      UserDefinedFields: { team: 'red' },
    },
    { conditions: { all: [{ fact: 'event.actionName', operator: 'equal', value: 'Accept' }] } },
  );
  const config = { ...DEFAULT_CONFIG, customActions: ['accept'] };
  const by = actionEvent('accept', 'Accept');
  const { rules, update } = await decide(finding, by, rulesetOf([pressed], { config }), NOW);
  const event = {
    id: 'e-1',
    'detail-type': by.detailType,
    time: '2026-06-15T12:00:00Z',
    actionName: 'Accept',
  };
  const told = findingTriaged({ finding, outcome: { rules, update }, event, atMs: NOW }, config, '0123');
  return JSON.parse(writeFindingTriaged({ ...told, withdrawn: ['Types'], truncated: true }));
}

/** Every place in a value below its root, as the way to it. */
function placesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([step, inner]) => [
    step,
    ...placesIn(inner).map((rest) => `${step}.${rest}`),
  ]);
}

function valueAt(place: string, event: object = whole): unknown {
  return place.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], event);
}

/** The event with another value at a place; without it for undefined. */
function withValue(place: string, value: unknown): object {
  const event = structuredClone(whole);
  const [, above, last = place] = /^(.*)\.(.*)$/.exec(place) ?? [];
  const holder = (above === undefined ? event : valueAt(above, event)) as Record<string, unknown>;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return event;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

describe('the schema of decision events', () => {
  it('is the published one, which whoever listens holds on to', () => {
    expect(FINDING_TRIAGED_SCHEMA).toEqual(JSON.parse(readFileSync(PUBLISHED, 'utf8')));
  });

  it('knows every member of an event that has them all', () => {
    expect(validateClosed(whole), JSON.stringify(validateClosed.errors)).toBe(true);
    expect(placesIn(whole)).toEqual(
      expect.arrayContaining(['before.RelatedFindings.0.Id', 'after.Note.Text']),
    );
    expect(Object.keys((whole as { after: object }).after)).toHaveLength(9);
  });

  it('passes over members that are added later', () => {
    expect(validate({ ...whole, later: 'added' })).toBe(true);
    expect(validate(withValue('finding.later', 1))).toBe(true);
  });

  it('refuses a value of another kind, wherever it stands', () => {
    const kinds = ['text', 7, true, ['item'], { member: 'text' }, null];

    const taken = placesIn(whole).flatMap((place) =>
      kinds
        .filter((value) => kindOf(value) !== kindOf(valueAt(place)) && validate(withValue(place, value)))
        .map((value) => `${place}: ${kindOf(value)}`),
    );

    expect(taken).toEqual([]);
  });

  it('demands what every event has, and nothing that some events have not', () => {
    const related = ['before', 'after'].map((side) => `${side}.RelatedFindings[]`);
    const labels = ['finding', 'before', 'after'].map((side) => `${side}.Severity.Label`);

    const demanded = placesIn(whole)
      .filter((place) => !/\.\d+$/.test(place) && !validate(withValue(place, undefined)))
      .map((place) => place.replace(/\.\d+/, '[]'));

    expect([...new Set(demanded)].sort()).toEqual(
      [
        ...['formatVersion', 'instance', 'ruleset', 'rules', 'withdrawal', 'withdrawn', 'confirmedAt'],
        ...['finding', 'finding.Id', 'finding.ProductArn', 'event', 'event.detail-type', 'before', 'after'],
        ...['before.Workflow.Status', 'after.Workflow.Status', 'after.Note.Text', 'after.Note.UpdatedBy'],
        ...[...labels, ...related.flatMap((item) => [`${item}.Id`, `${item}.ProductArn`])],
      ].sort(),
    );
  });

  it.each([
    ['another format', 'formatVersion', 2],
    ['a status of no such name', 'after.Workflow.Status', 'DONE'],
    ['a label of no such name', 'after.Severity.Label', 'SEVERE'],
    ['a state of no such name', 'after.VerificationState', 'MAYBE'],
    ['a score above 100', 'after.Confidence', 101],
    ['a score below 0', 'after.Confidence', -1],
    ['half a point', 'after.Criticality', 0.5],
    ['more than 50 types', 'after.Types', MANY],
  ])('refuses %s, which the product cannot write', (_, place, value) => {
    expect(validate(withValue(place, value))).toBe(false);
  });

  it.each([
    ['a status of no such name', 'before.Workflow.Status', 'DONE'],
    ['a label of no such name', 'before.Severity.Label', 'SEVERE'],
    ['a state of no such name', 'before.VerificationState', 'MAYBE'],
    ['a score above 100', 'before.Confidence', 100.5],
    ['more than 50 types', 'before.Types', MANY],
  ])('takes %s where it may have stood before', (_, place, value) => {
    expect(validate(withValue(place, value))).toBe(true);
  });
});
