import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { decisionEvent } from '../../lambdas/triage/decision-event.ts';
import { EVENT_SCHEMA_FILE, generateEventSchema } from '../../lib/cli/generate-event-schema.ts';
import { compilePattern } from '../../lib/event-bridge/compile-pattern.ts';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import { decide } from '../../lib/triage/decide.ts';
import { FINDING_TRIAGED, type FindingTriaged } from '../../lib/triage/finding-triaged.ts';
import { strictAjv } from '../rules/schemas/strict-ajv.ts';
import { decisionEventsCost, PRICES } from './monthly-cost.ts';
import { expectDocument } from './shown-document.ts';

const DOCUMENT = 'docs/decision-events.md';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEXT = readFileSync(`${ROOT}${DOCUMENT}`, 'utf8');
const SAMPLE = 'rules/samples/guardduty-recon-portscan.json';
/** The day of the recording: rules end, a document does not. */
const NOW_MS = Date.parse('2026-11-22T12:00:00Z');
const BROUGHT = { id: '8e5622f9-3f5c-4c0a-9d6b-1f2e3d4c5b6a', time: '2026-11-22T11:59:48Z' };

interface Event {
  readonly detail: FindingTriaged;
}
let example: Event;

beforeAll(async () => {
  example = { ...(await eventOf(SAMPLE)) };
});

/** The event that a bus hands on when the rules that come with the app have been carried out on a sample. */
async function eventOf(sample: string): Promise<Event> {
  const finding = JSON.parse(readFileSync(`${ROOT}${sample}`, 'utf8'));
  const ruleset = loadRulesetOrThrow(`${ROOT}rules`);
  const event = { detailType: 'Security Hub Findings - Imported' };
  const decision = await decide(finding, event, ruleset, NOW_MS);
  const { Id, ProductArn } = finding;
  const { update, rules } = decision;
  const outcome = { Id, ProductArn, outcome: 'updated' as const, rules, update, held: [] };
  const snapshot = { finding, event, timeMs: NOW_MS, envelope: BROUGHT, messageId: 'm', redelivered: false };
  const { entry } = decisionEvent(
    {
      ...{ outcome, messageIds: [], deadLetter: null, atMs: NOW_MS },
      decided: { snapshot, press: null, covered: [], decision, blocked: null, readAtMs: null },
    },
    // Each change of any rule changes it.
    { ...ruleset, version: '0123456789ab' },
  );
  return {
    ...{ version: '0', id: '5d0ad4d2-6e3b-4b0e-8a55-0c6ad64a1f7e', 'detail-type': entry.DetailType },
    ...{ source: entry.Source, account: '111122223333', time: '2026-11-22T12:00:00Z', region: 'eu-west-1' },
    ...{ resources: [], detail: JSON.parse(entry.Detail) },
  };
}

/** The JSON that stands in the page after this comment. */
function shown(name: string) {
  const text = TEXT.split(`<!-- ${name} -->\n\`\`\`json\n`)[1]?.split('\n```')[0];
  return JSON.parse(text ?? `nothing is shown for ${name}`);
}

function matching(name: string): (detail: object, members?: object) => boolean {
  const pattern = compilePattern(shown(name));
  expect(pattern.ok).toBe(true);
  const { source, detailType } = FINDING_TRIAGED;
  return (detail, members = {}) =>
    pattern.ok && pattern.matches({ source, 'detail-type': detailType, detail, ...members });
}

const suppressed = (label: string, members: object = {}) => ({
  ...{ withdrawal: false, withdrawn: [], rules: ['a'] },
  finding: { Id: 'x', Severity: { Label: label } },
  before: { Workflow: { Status: 'NEW' } },
  after: { Workflow: { Status: 'SUPPRESSED' } },
  ...members,
});

describe('the page on decision events', () => {
  it('shows the event of a sample finding, as the rules and the function make it', () => {
    const text = JSON.stringify(example, null, 2);

    expectDocument(DOCUMENT, (page) =>
      page.replace(
        /(<!-- example -->\n```json\n)[\s\S]*?(```\n<!-- \/example -->)/,
        (_, before, after) => `${before}${text}\n${after}`,
      ),
    );
    expect(example.detail.after).toMatchObject({ Workflow: { Status: 'SUPPRESSED' } });
  });

  it('publishes the schema that the code has, and the example is of it', () => {
    const published = readFileSync(`${ROOT}${EVENT_SCHEMA_FILE}`, 'utf8');
    const validate = strictAjv().addFormat('date-time', true).compile(JSON.parse(published));

    expect(published).toBe(generateEventSchema());
    expect(validate(example.detail)).toBe(true);
    expect(validate({ ...example.detail, formatVersion: 2 })).toBe(false);
    expect(validate({ ...example.detail, later: 'added' })).toBe(true);
    expect(TEXT).toContain(`(${EVENT_SCHEMA_FILE.replace('docs/', '')})`);
  });

  it('explains every member', () => {
    for (const member of [...Object.keys(example.detail), 'truncated'].filter(
      (one) => one !== 'formatVersion',
    ))
      expect.soft(TEXT, member).toMatch(new RegExp(`^\\| .*\`${member}\``, 'm'));
  });

  it('has a pattern for suppressions of what is CRITICAL or HIGH, and of nothing else', () => {
    const matches = matching('pattern: suppressed');

    for (const label of ['CRITICAL', 'HIGH']) expect(matches(suppressed(label))).toBe(true);
    expect(matches(suppressed('MEDIUM'))).toBe(false);
    expect(matches(suppressed('HIGH', { after: { Workflow: { Status: 'NOTIFIED' } } }))).toBe(false);
    expect(matches(suppressed('HIGH', { after: { Confidence: 7 } }))).toBe(false);
    expect(matches(suppressed('HIGH'), { source: 'another' })).toBe(false);
  });

  it('has a pattern for findings that come back', () => {
    const matches = matching('pattern: reopened');
    const back = { withdrawal: true, after: { Workflow: { Status: 'NEW' } } };

    expect(matches(suppressed('LOW', back))).toBe(true);
    expect(matches(suppressed('LOW', { ...back, withdrawal: false }))).toBe(false);
    expect(matches(suppressed('LOW'))).toBe(false);
  });

  it('has a transformer whose places are in the event, and that makes a message for chat', () => {
    const { InputPathsMap, InputTemplate } = shown('transformer: chat') as {
      InputPathsMap: Record<string, string>;
      InputTemplate: string;
    };
    const valueAt = (path: string) =>
      path
        .replace(/^\$\./, '')
        .split(/\.|\[(\d+)\]/)
        .filter((step) => step !== undefined && step !== '')
        .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], example);

    const message = InputTemplate.replace(/<(\w+)>/g, (_, name) =>
      String(valueAt(InputPathsMap[name] ?? '')),
    );

    const { status: _, ...rest } = InputPathsMap;
    expect(Object.keys(rest).length).toBeGreaterThan(0);
    expect(message).not.toMatch(/undefined|[<>]/);
    // https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
    expect(JSON.parse(message)).toMatchObject({
      version: '1.0',
      source: 'custom',
      content: {
        title: expect.stringMatching(/^\w+ finding SUPPRESSED by /),
        description: expect.any(String),
      },
    });
  });

  it('names what it costs', () => {
    const cost = decisionEventsCost({ eventsPerDay: 2_000_000, updating: 0.05 });

    expect(TEXT).toContain(`$${PRICES.customEventsPerMillion.toFixed(2)} a million events`);
    expect(TEXT).toContain(
      `Of 2,000,000 events a day of which 5 % lead to an update, that is $${cost.toFixed(2)}`,
    );
  });
});
