import { execFile, spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/findings/finding.ts';
import { region, serveTestHub } from './account.ts';

const ProductArn = 'arn:aws:securityhub:us-west-1::product/aws/securityhub';
const finding = (suffix: string): Finding => ({
  Id: `arn:aws:securityhub:us-west-1:123456789012:subscription/pci-dss/v/3.2.1/PCI.Lambda.2/finding/${suffix}`,
  ProductArn,
  Severity: { Label: 'MEDIUM', Original: 'MEDIUM' },
});
const findings = [finding('EXAMPLE11111'), finding('EXAMPLE22222')];
const identifiers = findings.map(({ Id }) => ({ Id, ProductArn }));

const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIALOCAL',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_DEFAULT_REGION: region,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
  NO_PROXY: '127.0.0.1',
};
/** Nothing of the machine's own AWS settings may steer the command. */
const inherited = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')),
);

const json = `aws securityhub batch-update-findings \
  --finding-identifiers '${JSON.stringify(identifiers)}' \
  --note '{"Text": "Known issue that is not a risk.", "UpdatedBy": "user1"}' \
  --severity '{"Label": "LOW"}' \
  --workflow '{"Status": "RESOLVED"}'`;
const shorthand = `aws securityhub batch-update-findings \
  --finding-identifiers ${identifiers.map(({ Id }) => `Id="${Id}",ProductArn="${ProductArn}"`).join(' ')} \
  --note Text="Known issue that is not a risk.",UpdatedBy="user1" \
  --severity Label="LOW" \
  --workflow Status="RESOLVED"`;

async function run(command: string, endpoint: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `${command} --endpoint-url ${endpoint}`], {
    env: { ...inherited, ...credentials },
  });
  return stdout;
}

if (spawnSync('aws', ['--version']).status === 0) {
  describe('the AWS CLI', () => {
    it.each([
      ['JSON', json],
      ['shorthand', shorthand],
    ])('updates two findings written in %s and prints the documented output', async (_, command) => {
      const { hub, endpoint } = await serveTestHub();
      hub.seed(findings);

      const stdout = await run(command, endpoint);

      const expected = { ProcessedFindings: identifiers, UnprocessedFindings: [] };
      expect(stdout).toBe(`${JSON.stringify(expected, null, 4)}\n`);
      expect(hub.findings()).toEqual(
        findings.map((before) => ({
          ...before,
          Severity: { Label: 'LOW', Normalized: 1, Original: 'MEDIUM' },
          Workflow: { Status: 'RESOLVED' },
          Note: {
            Text: 'Known issue that is not a risk.',
            UpdatedBy: 'user1',
            UpdatedAt: '2026-03-01T12:00:00.250Z',
          },
        })),
      );
    });

    it('prints what could not be updated', async () => {
      const { endpoint } = await serveTestHub();

      const stdout = await run(json, endpoint);

      expect(JSON.parse(stdout)).toEqual({
        ProcessedFindings: [],
        UnprocessedFindings: identifiers.map((FindingIdentifier) => ({
          FindingIdentifier,
          ErrorCode: 'FindingNotFound',
          ErrorMessage: 'Finding Not Found',
        })),
      });
    });

    it('reports a refused call under its error type', async () => {
      const { endpoint } = await serveTestHub();
      const command = `aws securityhub batch-update-findings --confidence 1 --finding-identifiers '[]'`;

      await expect(run(command, endpoint)).rejects.toMatchObject({
        stderr: expect.stringContaining('(InvalidInputException)'),
      });
    });
  });
} else {
  console.info('The AWS CLI is not installed: its tests against the local Security Hub are not registered.');
}
