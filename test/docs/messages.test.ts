import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DIAGNOSTIC_NAMES, type DiagnosticCode } from '../../lib/rules/diagnostic.ts';
import { CONFIGURABLE_CODES } from '../../lib/rules/lint/levels.ts';
import { MESSAGE_FOLDERS } from './message-folders.ts';
import { type Said, saidIn } from './said-in-folder.ts';
import { expectDocument } from './shown-document.ts';

const INTRODUCTION = `# Messages

Every message of \`triage lint\` and \`triage test\`, printed for a folder with one mistake in it.
A test prints them again on every change, so this is what you will see.
What each code asks of you stands in [Writing rules](../rules/README.md#what-stops-a-deployment), where the links lead.
`;

const examples = await Promise.all(
  MESSAGE_FOLDERS.map(async (folder) => ({ ...folder, said: await saidIn(folder) })),
);
const codes = Object.keys(DIAGNOSTIC_NAMES) as readonly DiagnosticCode[];

function sectionOf(code: DiagnosticCode): string {
  const own = examples.flatMap(({ said, ...folder }) =>
    folder.code === code && said ? [{ ...folder, said }] : [],
  );
  const shown = own.map(({ way, said }) => `${capital(way)}:\n\n\`\`\`text\n${said.text}\n\`\`\`\n`);
  return [
    `## ${code} ${DIAGNOSTIC_NAMES[code]}\n`,
    `${levelOf(
      code,
      own.map(({ said }) => said),
    )} [What to do](../rules/README.md#${code.toLowerCase()}).\n`,
    ...shown,
  ].join('\n');
}

function levelOf(code: DiagnosticCode, said: readonly Said[]): string {
  const severities = [...new Set(said.map(({ severity }) => severity))].join(' or ');
  const stops = said.filter(({ stopsDeployment }) => stopsDeployment).length;
  const configurable = (CONFIGURABLE_CODES as readonly string[]).includes(code);
  const level = configurable ? 'its level can be set' : 'its level cannot be set';
  if (stops === 0) return `${capital(severities)}; ${level}.`;
  return stops === said.length && !configurable
    ? `${capital(severities)}; stops a deployment.`
    : `${capital(severities)}; what is missing altogether stops a deployment, otherwise ${level}.`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

describe('the page of messages', () => {
  it.each(examples)('$code: $way is said', ({ said }) => {
    expect(said).not.toBeNull();
  });

  it('shows every code there is', () => {
    const shown = new Set(examples.map(({ code }) => code));

    expect(codes.filter((code) => !shown.has(code))).toEqual([]);
  });

  it('is what lint and test print', () => {
    expectDocument('docs/messages.md', () => [INTRODUCTION, ...codes.map(sectionOf)].join('\n'));
  });

  it('leads to places that are there', () => {
    const guide = readFileSync(new URL('../../rules/README.md', import.meta.url), 'utf8');

    const missing = codes.filter((code) => !guide.includes(`<a id="${code.toLowerCase()}"></a>`));

    expect(missing).toEqual([]);
  });
});
