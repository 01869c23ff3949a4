import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { batchItem } from '../../../lib/local/event-source/event-record.ts';
import { applyUpdate } from '../../../lib/local/security-hub/apply-update.ts';
import { loadRulesetOrThrow } from '../../../lib/rules/load.ts';
import { decideFindings } from '../../../lib/simulation/economics/decided-finding.ts';
import { fewestCalls, payloadSizes } from '../../../lib/simulation/economics/fewest-calls.ts';
import { choosePayloads, type PayloadChoice } from '../../../lib/simulation/economics/payload-choices.ts';
import { recordBytes } from '../../../lib/simulation/economics/record-bytes.ts';
import { population } from '../../end-to-end/population.ts';

const RULES = loadRulesetOrThrow(fileURLToPath(new URL('../../../rules', import.meta.url)));
const NOW = Date.parse('2026-06-15T12:00:00Z');
const FINDINGS = population(194);

describe('decideFindings', () => {
  it("has the product decide, and an update's echo ask for nothing, as the simulation takes for granted", async () => {
    const decided = await decideFindings(FINDINGS, RULES, NOW);

    const updated = decided.flatMap(({ decision: { kind, update } }, index) => {
      const finding = FINDINGS[index];
      if (kind !== 'update' || update === null || finding === undefined) return [];
      return [applyUpdate(finding, update, { maps: 'replace', at: '2026-06-15T12:00:01Z' })];
    });
    const echoes = await decideFindings(updated, RULES, NOW);
    expect(updated.length).toBeGreaterThan(60);
    expect(echoes.filter(({ decision }) => decision.kind === 'update')).toEqual([]);
  });
});

describe('choosePayloads', () => {
  it('changes what tells updates apart, and so the fewest calls, but not the status that findings get', async () => {
    const choices: readonly PayloadChoice[] = [
      { note: 'own', provenance: 'finding' },
      { note: 'own', provenance: 'log' },
      { note: 'shared', provenance: 'finding' },
      { note: 'shared', provenance: 'log' },
      { note: 'perFinding', provenance: 'log' },
    ];

    const decided = await Promise.all(
      choices.map((choice) => decideFindings(FINDINGS, choosePayloads(RULES, choice), NOW)),
    );

    const calls = decided.map((all) => fewestCalls(payloadSizes(all.map(({ decision }) => decision))));
    const statuses = decided.map((all) => all.map(({ decision }) => decision.update?.Workflow?.Status));
    expect(new Set(statuses.map((all) => JSON.stringify(all))).size).toBe(1);
    expect(calls[1]).toBeLessThanOrEqual(Number(calls[0]));
    expect(calls[3]).toBeLessThan(Number(calls[0]));
    expect(calls[3]).toBeLessThan(Number(calls[2]));
    const updates = decided[4]?.filter(({ decision }) => decision.kind === 'update').length ?? 0;
    expect(calls[4]).toBeGreaterThan(0.9 * updates);
  });

  it('leaves rules as they are written when asked to', () => {
    const chosen = choosePayloads(RULES, { note: 'asWritten', provenance: 'log' });

    expect(chosen.rules).toEqual(RULES.rules);
    expect(chosen.config).toEqual({ ...RULES.config, provenance: 'log' });
  });
});

describe('recordBytes', () => {
  it('is within 5 % of the record that the event source hands over', () => {
    for (const finding of FINDINGS.slice(0, 97)) {
      const body = JSON.stringify({
        version: '0',
        id: 'b1a2c3d4-0000-4000-8000-000000000000',
        'detail-type': 'Security Hub Findings - Imported',
        source: 'aws.securityhub',
        account: '111122223333',
        time: '2026-06-15T12:00:00Z',
        region: 'eu-west-1',
        resources: [`${finding.ProductArn}/${finding.Id}`],
        detail: { findings: [finding] },
      });
      const { recordBytes: bytes } = batchItem(
        {
          MessageId: 'a1b2c3d4-0000-4000-8000-000000000000',
          // What SQS gives: base64 of about 250 bytes.
          ReceiptHandle: Buffer.alloc(250, 7).toString('base64'),
          Body: body,
          MD5OfBody: createHash('md5').update(body).digest('hex'),
          Attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: '1781524800000',
            SenderId: 'AIDAEXAMPLEEXAMPLEEXAMPLE',
            ApproximateFirstReceiveTimestamp: '1781524800001',
          },
        },
        'arn:aws:sqs:eu-west-1:111122223333:SecurityHubTriage-TriageIngestQueue',
      );

      const estimated = recordBytes(finding);

      expect(estimated / bytes).toBeGreaterThan(0.95);
      expect(estimated / bytes).toBeLessThan(1.05);
    }
  });
});
