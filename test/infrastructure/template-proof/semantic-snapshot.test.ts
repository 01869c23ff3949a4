import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { SecurityHubTriageProps } from '../../../lib/infrastructure/triage-construct.ts';
import { writeRules } from '../fixture-rules.ts';
import { ACCOUNT, type Synthesized, synthesize } from '../synthesized.ts';
import { ALARM_TOPIC } from './access.ts';
import { semanticsOf } from './semantic-snapshot.ts';

const snapshot = (name: string) => fileURLToPath(new URL(`${name}.snapshot.json`, import.meta.url));

describe('what the template means', () => {
  it.each([
    ['as it comes, enforcing', 'semantic', { mode: 'enforce' }],
    [
      'with a key, a topic and operators of its own, observing',
      'semantic.hardened',
      {
        encryptionKey: 'create',
        alarmTopicArn: ALARM_TOPIC,
        removalPolicy: 'destroy',
        redrivePrincipals: [`arn:aws:iam::${ACCOUNT}:role/on-call`],
      },
    ],
    [
      'with a decision bus, enforcing',
      'semantic.telling',
      { mode: 'enforce', decisionBus: 'decisions', alarmTopicArn: ALARM_TOPIC },
    ],
  ] satisfies readonly (readonly [string, string, SecurityHubTriageProps])[])(
    'is what was reviewed, %s',
    async (_how, name, props) => {
      const stack = synthesize({ rulesDir: writeRules(), ...props });

      const meaning = JSON.stringify(semanticsOf(stack), replaceHashes(stack), 2);

      await expect(`${meaning}\n`).toMatchFileSnapshot(snapshot(name));
    },
  );
});

/** Logical ids end in a hash of their path; those in ARNs and names are taken off too. */
function replaceHashes({ template }: Synthesized): (key: string, value: unknown) => unknown {
  const ids = Object.keys(template.toJSON().Resources);
  return (_key, value) =>
    typeof value === 'string'
      ? ids.reduce((text, id) => text.replaceAll(id, id.replace(/[0-9A-F]{8}$/, '')), value)
      : value;
}
