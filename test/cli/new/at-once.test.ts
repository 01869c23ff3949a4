import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { finding } from '../own-input.ts';
import { createSurroundings, RULES, triage } from '../triage.ts';

const surroundings = createSurroundings();
afterAll(() => surroundings.remove());

/** Findings as accounts have them: real-looking ids and addresses, members missing, texts that are markup or patterns. */
const OWN = {
  'detector.json': finding('arn:aws:guardduty:eu-west-1:987650001234:detector/d/finding/1', {
    AwsAccountId: '987650001234',
    ProductName: 'GuardDuty',
    GeneratorId: 'arn:aws:guardduty:eu-west-1:987650001234:detector/d',
    Title: 'API CreateUser was called from 199.241.229.197 *and* <b>elsewhere</b>?',
    Types: ['TTPs/Discovery/Recon:IAMUser-TorIPCaller'],
    Resources: [{ Type: 'AwsIamAccessKey', Id: 'AWS::IAM::AccessKey:AKIA0123456789ABCDEF' }],
  }),
  'own-product.json': {
    Id: 'own/1',
    ProductArn: 'arn:aws:securityhub:eu-west-1:987650001235:product/987650001235/default',
    AwsAccountId: '987650001235',
    Title: 'Bucket without an owner',
    Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::a-bucket-of-ours' }],
  },
};
const SAMPLES = [
  'guardduty-eks-anonymous-access',
  'inspector-package-ci-runner',
  'securityhub-rds-2-failed-public-instance',
  'macie-credentials-in-bucket',
  'custom-tool-without-label',
];
const NOW = ['--now', '2026-11-22'];

it('rules and exceptions made of quite different findings pass lint and mutation tests as they are', async () => {
  cpSync(RULES, join(surroundings.cwd, 'rules'), { recursive: true });
  for (const [path, value] of Object.entries(OWN)) surroundings.write(path, JSON.stringify(value));
  const sources = [...SAMPLES, ...Object.keys(OWN)];

  const made: unknown[] = [];
  for (const [i, from] of sources.entries()) {
    const about = ['--from', from, '--owner', '@acme/shop'];
    const agreed = [
      '--until',
      '2027-06-30',
      '--reason-code',
      'planned-fix',
      '--reason',
      'Soon',
      '--ticket',
      'S-1',
    ];
    made.push((await triage(surroundings, 'new', `made/rule-${i}`, ...about, ...NOW)).stderr);
    made.push(
      (await triage(surroundings, 'new', '--exception', `team-${i}/row`, ...about, ...agreed)).stderr,
    );
  }
  const lint = await triage(surroundings, 'lint', '-f', 'compact', ...NOW);
  const paths = ['rules/made', 'rules/exceptions'];
  const test = await triage(surroundings, 'test', ...paths, '--mutate', '--coverage', '-f', 'json');

  expect(made).toEqual(Array(2 * sources.length).fill(''));
  expect({ code: lint.code, said: lint.stdout }).toEqual({ code: 0, said: '' });
  const report = JSON.parse(test.stdout);
  expect(test.code, test.stdout.slice(0, 2000)).toBe(0);
  expect(report).toMatchObject({ ok: true, counts: { gaps: 0, failed: 0 }, diagnostics: [] });
  expect(report.rules).toHaveLength(2 * sources.length + 2);
}, 180_000);
