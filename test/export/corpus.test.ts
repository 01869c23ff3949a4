import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isAddress } from '../../lib/export/redaction/address.ts';
import { createRedaction } from '../../lib/export/redaction/redact-finding.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import { decide } from '../../lib/triage/decide.ts';
import { IMPORTED, NOW, rulesetOf } from '../reference/fixtures.ts';

const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../rules/samples', import.meta.url));
const redact = createRedaction(Buffer.from('a key for tests, thirty-two long'));

/** What tells by its looks alone, but for what belongs to nobody. */
const TELLING: Readonly<Record<string, (text: string) => readonly string[]>> = {
  'account id': (text) => text.match(/(?<![0-9a-fA-F])\d{12}(?![0-9a-fA-F])/g) ?? [],
  address: (text) =>
    (text.match(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g) ?? []).filter(
      (one) => isAddress(one) && !/^(?:0|127|22[4-9]|2[3-5]\d|169\.254)\./.test(one),
    ),
  'mail address': (text) => text.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? [],
  'id of a resource': (text) =>
    text.match(/(?<![\w-])(?:i|vpc|sg|subnet|vol|eni|ami)-[0-9a-f]{8,17}(?!\w)/g) ?? [],
  'access key': (text) => text.match(/(?<![A-Z0-9])A(?:KIA|SIA|IDA|ROA)[A-Z0-9]{16}(?![A-Z0-9])/g) ?? [],
  // But for AWS's own policies, a version, and the name of a scanner that is its bucket's too.
  'name in an ARN': (text) =>
    [
      ...text.matchAll(
        /arn:aws:(?:iam|s3|lambda|rds|ec2|sqs|sns|kms):[^:"\s]*:[^:"\s]*:[^"\s]*?([\w.-]{6,})"/g,
      ),
    ]
      .map(([, name]) => name ?? '')
      .filter((name) => !/^(?:\d+|.*Access|AWS.*|LATEST|CloudCustodian)$/.test(name)),
};

function check(findings: readonly Finding[]): void {
  const redacted = findings.map(redact);

  expect(findings.length).toBeGreaterThan(0);
  expect(new Set(redacted.map(findingKey)).size).toBe(new Set(findings.map(findingKey)).size);
  for (const [index, finding] of findings.entries()) {
    const [before, after] = [JSON.stringify(finding), JSON.stringify(redacted[index])];
    for (const [what, seek] of Object.entries(TELLING))
      for (const text of seek(before)) expect.soft(after, `${what} of ${finding.Id}`).not.toContain(text);
  }
}

function linesOf(file: string): readonly Finding[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .filter(({ Id, ProductArn }) => typeof Id === 'string' && typeof ProductArn === 'string');
}

describe('redacted samples', () => {
  const samples = readdirSync(SAMPLES)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(SAMPLES, name), 'utf8')) as Finding);

  it('tell of nobody, and each of a finding of its own', () => {
    check(samples);
  });
});

if (existsSync(CORPUS)) {
  describe('redacted findings from the field', () => {
    const files = readdirSync(CORPUS).filter((name) => name.endsWith('.ndjson'));

    it.each(files)('of %s tell of nobody, and each of a finding of its own', (name) => {
      check(linesOf(join(CORPUS, name)));
    });

    it('can be decided', async () => {
      const findings = files.flatMap((name) => linesOf(join(CORPUS, name))).map(redact);

      const kinds = await Promise.all(
        findings.map(async (finding) => (await decide(finding, IMPORTED, rulesetOf([]), NOW)).kind),
      );

      expect(new Set(kinds)).toEqual(new Set(['unchanged']));
    });
  });
} else {
  console.info('The shared corpus is not here: redaction of its findings is not registered.');
}
