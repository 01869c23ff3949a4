import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { classifyFailure } from '../../lambdas/triage/call-failure.ts';
import {
  adviceOn,
  type CauseAdvice,
  causeTable,
  DEAD_LETTER_CAUSES,
  OTHER_CAUSE,
  UNDELIVERED_CAUSES,
} from '../../lib/dead-letters/causes.ts';
import { UNPROCESSED_CODES } from '../../lib/local/security-hub/unprocessed.ts';
import { reach, readSources } from '../architecture/sources.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const README = readFileSync(`${ROOT}/README.md`, 'utf8');

/** Causes with which findings only ever return to the queue. */
const RETURNED_ONLY = ['DeadlineNear', 'DeadLetterNotConfirmed', 'NotSent', 'SuppressionBudget'];

/** Every code that the function's own sources name as a cause. */
function codesInSources(): readonly string[] {
  const sources = readSources(ROOT, ['lambdas', 'lib']);
  const shipped = [...reach(sources, ['lambdas/triage/handler.ts'])].filter((path) =>
    /^lambdas\/|^lib\/triage\//.test(path),
  );
  const codes = shipped.flatMap((path) =>
    [...(sources.get(path) ?? '').matchAll(/\bcode: '(\w+)'|ErrorCode \?\? '(\w+)'/g)].map(
      ([, named, fallback]) => named ?? fallback ?? '',
    ),
  );
  return [...new Set(codes)].sort();
}

function isKnown(code: string, list: readonly CauseAdvice[]): boolean {
  return !adviceOn(code, list).codes.includes(OTHER_CAUSE) || list.some(({ codes }) => codes.includes(code));
}

describe('the causes of dead letters', () => {
  it('are those that the function names in its code, and no others are without advice', () => {
    const codes = codesInSources();

    const unknown = codes.filter((code) => !isKnown(code, DEAD_LETTER_CAUSES));

    expect(codes).toContain('MarkTooLarge');
    expect(codes).toContain('Unknown');
    expect(unknown.filter((code) => !RETURNED_ONLY.includes(code))).toEqual([]);
  });

  it('are those that BatchUpdateFindings gives to findings it leaves unprocessed', () => {
    for (const code of UNPROCESSED_CODES) expect.soft(isKnown(code, DEAD_LETTER_CAUSES), code).toBe(true);
  });

  it.each([
    'InvalidInputException',
    'InvalidParameterValue',
    'MissingParameter',
    'ValidationException',
    'SerializationException',
    'MalformedQueryString',
  ])('have advice on %s, with which a whole request is refused', (name) => {
    const error = Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 400 } });

    expect(classifyFailure(error).kind).toBe('refused');
    expect(isKnown(name, DEAD_LETTER_CAUSES)).toBe(true);
  });

  it('have advice on what nobody has seen yet', () => {
    expect(adviceOn('RequestEntityTooLargeException', DEAD_LETTER_CAUSES).codes).toContain(OTHER_CAUSE);
    expect(adviceOn('SOMETHING_NEW', UNDELIVERED_CAUSES).codes).toEqual([OTHER_CAUSE]);
  });

  it('stand in the README word for word', () => {
    const shown = (mark: string) => README.split(`<!-- ${mark} -->\n`)[1]?.split(`\n<!-- /${mark} -->`)[0];

    expect(shown('causes')).toBe(causeTable('`causeCode`', DEAD_LETTER_CAUSES));
    expect(shown('undelivered causes')).toBe(causeTable('`ERROR_CODE`', UNDELIVERED_CAUSES));
  });

  it('are told in short sentences', () => {
    for (const { meaning, impact, remedy } of [...DEAD_LETTER_CAUSES, ...UNDELIVERED_CAUSES])
      for (const sentence of [meaning, impact, remedy].flatMap((text) => text.split(/[.:;](?=\s|$)/)))
        expect.soft(sentence.trim().split(/\s+/).length, sentence).toBeLessThanOrEqual(25);
  });
});
