import { CANARY, identityOf } from './population.ts';

const event = (members: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    version: '0',
    id: `strange-${JSON.stringify(members).length}`,
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Imported',
    time: '2026-06-15T06:00:00Z',
    ...members,
  });

/** Messages that hold no finding to decide: some are acknowledged, the others must end in the dead-letter queue. */
export const STRANGE_BODIES: readonly string[] = [
  `not JSON at all ${CANARY}`,
  event({ detail: { findings: 'none' } }),
  event({ detail: { findings: [{ Title: CANARY }] } }),
  event({ detail: { findings: [] } }),
  event({ 'detail-type': 'Security Hub Insight Results', detail: { findings: [] } }),
  event({ detail: { findings: [{ ...identityOf(0), Id: ' ' }, null, 7] } }),
  `{"detail-type":"Security Hub Findings - Imported","detail":{"findings":[{"Title":"\\uFFFF ${CANARY}"}]}}`,
];

/** Whether a dead letter holds one of them: only such may be left when all is over. */
export function isStrange(body: string): boolean {
  return body.includes('InvalidFinding') || body.includes('MalformedEvent');
}
