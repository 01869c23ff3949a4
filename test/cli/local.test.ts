import { type ChildProcess, execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { justFits, writeOwnRules } from './own-input.ts';
import { createSurroundings, spawnTriage, triage } from './triage.ts';

const run = promisify(execFile);
const APP = fileURLToPath(new URL('../../', import.meta.url));
const surroundings = createSurroundings();
let local: ChildProcess;
let printed = '';
let exports = '';
let endpoint = '';

beforeAll(async () => {
  writeOwnRules(surroundings);
  surroundings.write('large.json', JSON.stringify({ ...justFits('finding/large'), ProductName: 'Large' }));
  const args = ['--findings', 'large.json', '--rules', 'own/rules', '--call-duration', '300'];
  local = spawnTriage(surroundings, ['local', ...args]);
  for await (const chunk of local.stdout ?? []) {
    printed += chunk;
    // Breaking off would close the pipe: the last line is all that is waited for.
    if (printed.includes('need nothing further.')) break;
  }
  exports = (printed.match(/^ {2}(unset|export) .*$/gm) ?? []).join('\n');
  endpoint = /AWS_ENDPOINT_URL_SECURITYHUB=(\S+)/.exec(exports)?.[1] ?? '';
});

afterAll(() => {
  if (local.exitCode === null) local.kill('SIGKILL');
  surroundings.remove();
});

/** What somebody types into a shell after the exports that the command printed. */
async function shell(command: string): Promise<string> {
  const env = { ...surroundings.env, HOME: surroundings.cwd, AWS_PAGER: '', AWS_PROFILE: 'work' };
  return (await run('sh', ['-c', `${exports}\n${command}`], { cwd: APP, env })).stdout;
}

/** Runs a script on the SDK, with a client that is told nothing. */
async function sdk(script: string): Promise<unknown> {
  const source = `
    import { BatchUpdateFindingsCommand, GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
    import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
    const hub = new SecurityHubClient({});
    const update = async (FindingIdentifiers, members) => {
      const command = new BatchUpdateFindingsCommand({ FindingIdentifiers, ...members });
      const { ProcessedFindings, UnprocessedFindings } = await hub.send(command);
      return { ProcessedFindings, UnprocessedFindings };
    };
    console.log(JSON.stringify(await (async () => { ${script} })()));`;
  const quoted = `'${source.replaceAll("'", `'\\''`)}'`;
  return JSON.parse(await shell(`'${process.execPath}' --input-type=module -e ${quoted}`));
}

const ARN = 'arn:aws:securityhub:us-west-1:123456789012:subscription/pci-dss/v/3.2.1/PCI.Lambda.2';
const Id = `${ARN}/finding/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111`;
const ProductArn = 'arn:aws:securityhub:us-west-1::product/aws/securityhub';
const unprocessed = (FindingIdentifier: object, ErrorCode: string, ErrorMessage: string) => ({
  FindingIdentifier,
  ErrorCode,
  ErrorMessage,
});

/** https://docs.aws.amazon.com/cli/latest/reference/securityhub/batch-update-findings.html, verbatim. */
const DOCUMENTED_JSON = String.raw`aws securityhub batch-update-findings \
    --finding-identifiers '[{"Id": "arn:aws:securityhub:us-west-1:123456789012:subscription/pci-dss/v/3.2.1/PCI.Lambda.2/finding/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111", "ProductArn": "arn:aws:securityhub:us-west-1::product/aws/securityhub"}, {"Id": "arn:aws:securityhub:us-west-1:123456789012:subscription/pci-dss/v/3.2.1/PCI.Lambda.2/finding/a1b2c3d4-5678-90ab-cdef-EXAMPLE22222", "ProductArn": "arn:aws:securityhub:us-west-1::product/aws/securityhub"}]' \
    --note '{"Text": "Known issue that is not a risk.", "UpdatedBy": "user1"}' \
    --severity '{"Label": "LOW"}' \
    --workflow '{"Status": "RESOLVED"}'`;
const DOCUMENTED_SHORTHAND = String.raw`aws securityhub batch-update-findings \
    --finding-identifiers Id="arn:aws:securityhub:us-west-1:123456789012:subscription/pci-dss/v/3.2.1/PCI.Lambda.2/finding/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111",ProductArn="arn:aws:securityhub:us-west-1::product/aws/securityhub" Id="arn:aws:securityhub:us-west-1:123456789012:subscription/pci-dss/v/3.2.1/PCI.Lambda.2/finding/a1b2c3d4-5678-90ab-cdef-EXAMPLE22222",ProductArn="arn:aws:securityhub:us-west-1::product/aws/securityhub" \
    --note Text="Known issue that is not a risk.",UpdatedBy="user1" \
    --severity Label="LOW" \
    --workflow Status="RESOLVED"`;
const DOCUMENTED_OUTPUT = `{
    "ProcessedFindings": [
        {
            "Id": "arn:aws:securityhub:us-west-1:123456789012:subscription/pci-dss/v/3.2.1/PCI.Lambda.2/finding/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111",
            "ProductArn": "arn:aws:securityhub:us-west-1::product/aws/securityhub"
        },
        {
            "Id": "arn:aws:securityhub:us-west-1:123456789012:subscription/pci-dss/v/3.2.1/PCI.Lambda.2/finding/a1b2c3d4-5678-90ab-cdef-EXAMPLE22222",
            "ProductArn": "arn:aws:securityhub:us-west-1::product/aws/securityhub"
        }
    ],
    "UnprocessedFindings": []
}
`;

describe('triage local', () => {
  it('says that its clock leaps, by which it tells times', () => {
    expect(printed).toContain('Its clock leaps ahead where it only waits');
  });

  it('reaches the SDK through the printed variables alone', async () => {
    const result = await sdk(`
      const updated = await update([{ Id: '${Id}', ProductArn: '${ProductArn}' }], { Confidence: 42 });
      const { Findings } = await hub.send(new GetFindingsCommand({ Filters: { Id: [{ Value: '${Id}', Comparison: 'EQUALS' }] } }));
      const { QueueUrls } = await new SQSClient({}).send(new ListQueuesCommand({}));
      return { updated, confidence: Findings[0].Confidence, queues: QueueUrls.sort() };`);

    const urls = [...printed.matchAll(/^ {4}queue +(\S+)$/gm)].map(([, url]) => url);
    expect(urls).toHaveLength(3);
    expect(result).toEqual({
      updated: { ProcessedFindings: [{ Id, ProductArn }], UnprocessedFindings: [] },
      confidence: 42,
      queues: urls.sort(),
    });
  });

  it('leaves unknown, duplicated and outgrown findings unprocessed, with the documented code and message', async () => {
    const large = {
      Id: 'finding/large',
      ProductArn: 'arn:aws:securityhub:eu-west-1::product/example/scanner',
    };
    const [known, unknown] = [Id, `${Id}0`].map((id) => ({ Id: id, ProductArn }));

    const result = await sdk(`
      const identifiers = ${JSON.stringify([unknown, known, known, large])};
      return update(identifiers, { UserDefinedFields: { grown: 'x' } });`);

    expect(result).toEqual({
      ProcessedFindings: [],
      UnprocessedFindings: [
        unprocessed(unknown ?? {}, 'FindingNotFound', 'Finding Not Found'),
        unprocessed(known ?? {}, 'DuplicatedFindingIdentifier', 'Finding Identifier is duplicated'),
        unprocessed(known ?? {}, 'DuplicatedFindingIdentifier', 'Finding Identifier is duplicated'),
        unprocessed(large, 'FindingSizeExceeded', 'Finding size exceeded 240 KB'),
      ],
    });
  });

  it('leaves a finding unprocessed that an overlapping call has in use', async () => {
    const identifier = { Id, ProductArn };

    const [first, second] = (await sdk(`
      const identifiers = ${JSON.stringify([identifier])};
      return Promise.all([1, 2].map((Criticality) => update(identifiers, { Criticality })));`)) as unknown[];

    expect([first, second]).toEqual(
      expect.arrayContaining([
        { ProcessedFindings: [identifier], UnprocessedFindings: [] },
        {
          ProcessedFindings: [],
          UnprocessedFindings: [
            unprocessed(identifier, 'ConcurrentUpdateError', 'Concurrent finding updates detected'),
          ],
        },
      ]),
    );
  });

  if (spawnSync('aws', ['--version']).status === 0) {
    it.each([
      ['JSON', DOCUMENTED_JSON],
      ['shorthand', DOCUMENTED_SHORTHAND],
    ])('answers the documented example in %s with the documented output', async (_, command) => {
      const stdout = await shell(`${command} --endpoint-url ${endpoint}`);

      expect(stdout).toBe(DOCUMENTED_OUTPUT);
    });

    it('prints commands that work as they stand', async () => {
      const commands = printed.match(/^ {2}aws (.*\\\n)*.*$/gm) ?? [];

      const [updated = '', found = ''] = [await shell(commands[0] ?? ''), await shell(commands[1] ?? '')];

      expect(JSON.parse(updated).ProcessedFindings).toEqual([{ Id, ProductArn }]);
      expect(JSON.parse(found).Findings).toHaveLength(1);
    });

    it('tells the AWS CLI which finding is unknown', async () => {
      const stdout = await shell(
        DOCUMENTED_JSON.replace('EXAMPLE22222', 'EXAMPLE33333').concat(` --endpoint-url ${endpoint}`),
      );

      const unknown = { Id: Id.replace('11111', '33333'), ProductArn };
      expect(JSON.parse(stdout)).toEqual({
        ProcessedFindings: [{ Id, ProductArn }],
        UnprocessedFindings: [unprocessed(unknown, 'FindingNotFound', 'Finding Not Found')],
      });
    });
  } else {
    console.info('The AWS CLI is not installed: its tests against triage local are not registered.');
  }

  it('says so when a port is taken', async () => {
    const { port } = new URL(endpoint);

    const { code, stderr } = await triage(
      surroundings,
      ...['local', '--findings', 'large.json', '--rules', 'own/rules', '--sqs-port', port],
    );

    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(`^Port ${port} is taken\\.`, 'm'));
  });

  it('ends with Ctrl-C: exit code 0, no process and no temporary folder left', async () => {
    const { pid = 0 } = local;
    const ended = new Promise((resolve) => local.once('exit', resolve));

    process.kill(-pid, 'SIGINT');

    expect(await ended).toBe(0);
    expect(() => process.kill(-pid, 0)).toThrow('ESRCH');
    expect(surroundings.leftBehind()).toEqual([]);
  });
});
