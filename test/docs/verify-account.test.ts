import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { QUESTIONS } from '../../lib/verification/questions.ts';
import { verificationPolicy } from '../../lib/verification/verification-policy.ts';
import { between } from './between.ts';
import { expectDocument } from './shown-document.ts';

const DOCUMENT = 'docs/verify-account.md';
const POLICY = verificationPolicy({ partition: 'aws', accountId: '111122223333', region: 'eu-west-1' });

/** Questions of one kind are told once: `deny.Types` and the others as `deny`. */
const kindOf = (id: string): string => id.split('.')[0] ?? id;
const KINDS = [...new Map(QUESTIONS.map((question) => [kindOf(question.id), question])).entries()];

describe('the page about verify-account', () => {
  it('lists every question with its answers, and the policy that it needs', () => {
    expectDocument(DOCUMENT, (text) => {
      const rows = KINDS.map(([kind, { id, asks, answers, product }]) => {
        const all = Object.entries(answers).map(([answer, meaning]) => `\`${answer}\`: ${meaning}`);
        const asked =
          kind === id ? asks : `Is a Deny of ${kind === 'deny' ? 'a field' : 'single values'} heeded?`;
        return `| \`${kind}\` | ${asked} | ${all.join('; ')} | ${product} |`;
      });
      const table = [
        '| name | question | answers | what the product does |',
        '|---|---|---|---|',
        ...rows,
      ].join('\n');
      const shown = between(text, 'questions', table);
      return between(shown, 'policy', `\`\`\`json\n${JSON.stringify(POLICY, null, 2)}\n\`\`\``);
    });
  });

  it('leads to files that exist', () => {
    expectDocument(DOCUMENT, (text) => {
      for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)/g))
        expect
          .soft(existsSync(fileURLToPath(new URL(`../../docs/${target}`, import.meta.url))), target)
          .toBe(true);
      return text;
    });
  });
});

describe('the claims of the README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const table = readme.match(/<!-- claims -->([\s\S]*?)<!-- \/claims -->/)?.[1] ?? '';
  const grounds = [...table.matchAll(/^\| (?!claim|---)[^|]+ \| ([^|]+) \|$/gm)].map(([, text = '']) => text);

  it('each stand on the documentation, on a question of verify-account, or are said to be assumed', () => {
    expect(grounds.length).toBeGreaterThan(15);
    for (const text of grounds)
      expect
        .soft(text)
        .toMatch(
          /^(?:documented(?: for some)?|assumed|(?:documented(?: for some)?, )?verified by (?:`\w+`(?:, )?)+)$/,
        );
  });

  it('name every question, and none that is not asked', () => {
    const named = grounds.flatMap((text) => [...text.matchAll(/`(\w+)`/g)].map(([, id]) => id));

    expect([...new Set(named)].sort()).toEqual(KINDS.map(([kind]) => kind).sort());
  });
});
