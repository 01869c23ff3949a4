import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { findingsStatements } from '../../../lib/infrastructure/permissions/findings-access.ts';
import { loadRules } from '../../../lib/rules/load.ts';
import { writePermissionsOf } from '../../../lib/rules/permissions/write-permissions.ts';

const README = fileURLToPath(new URL('../../../README.md', import.meta.url));
const RULES = fileURLToPath(new URL('../../../rules', import.meta.url));
const PLACE = /(<!-- policy -->\n```json\n)[\s\S]*?(\n```\n<!-- \/policy -->)/;

it('is shown in the README as it follows from the rules that come with the app', () => {
  const { ruleset } = loadRules(RULES);
  if (ruleset === null) throw new Error('The rules do not load.');
  const statements = findingsStatements(writePermissionsOf(ruleset), {
    mode: 'enforce',
    hubArn: 'arn:aws:securityhub:eu-west-1:111122223333:hub/default',
  });
  const text = readFileSync(README, 'utf8');
  const shown = text.replace(
    PLACE,
    (_, before, after) => `${before}${JSON.stringify(statements, null, 2)}${after}`,
  );
  expect(text).toMatch(PLACE);
  if (process.env.UPDATE_DOCS === '1') writeFileSync(README, shown);

  expect(readFileSync(README, 'utf8')).toBe(shown);
});
