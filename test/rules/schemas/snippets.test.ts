import { describe, expect, it } from 'vitest';
import { SCHEMA_FILES } from '../../../lib/rules/schemas/schema-files.ts';
import { oneOf, type Snippet, snippet, stop, variable } from '../../../lib/rules/schemas/snippet.ts';
import { RULE_SNIPPETS } from '../../../lib/rules/schemas/snippets.ts';
import { codesOf, loadRule } from '../rules-folder.ts';
import { schemaNodes } from './schema-nodes.ts';
import { strictAjv } from './strict-ajv.ts';

const KNOWN_TO_THE_EDITOR: Readonly<Record<string, string>> = {
  CURRENT_YEAR: '2026',
  CURRENT_MONTH: '11',
  CURRENT_DATE: '22',
  TM_FILENAME_BASE: 'example',
};

/** What stands in the file when every place is left as it is offered. */
function filled(text: string): unknown {
  const known = text.replace(/\$\{([A-Z_]+)\}/g, (_, name) => KNOWN_TO_THE_EDITOR[name] ?? `unknown ${name}`);
  const picked = known.replace(/\$\{\d+\|([^,|]+)[^|]*\|\}/g, '$1').replace(/\$\{\d+:([^}]*)\}/g, '$1');
  return JSON.parse(picked.replaceAll('\\$', '$'));
}

const offered = schemaNodes().flatMap(({ file, at, node }) =>
  ((node.defaultSnippets ?? []) as readonly Snippet[]).map((one) => ({ file, at, node, ...one })),
);

describe('snippets', () => {
  it.each(offered)('$file: $label is accepted where it is offered, at #$at', ({ file, node, bodyText }) => {
    const definitions = SCHEMA_FILES[file]?.definitions;
    const validate = strictAjv().compile({ ...node, ...(definitions === undefined ? {} : { definitions }) });

    validate(filled(bodyText));

    expect(validate.errors ?? []).toEqual([]);
  });

  it('are offered in every kind of file but the configuration', () => {
    const files = new Set(offered.map(({ file }) => file));

    expect([...files].sort()).toEqual(
      Object.keys(SCHEMA_FILES)
        .filter((name) => name !== 'config.schema.json')
        .sort(),
    );
  });

  it.each(RULE_SNIPPETS)('$label: loads as it is offered', ({ bodyText }) => {
    const rule = filled(bodyText);

    expect(codesOf(loadRule(rule))).toEqual([]);
  });

  it('write numbers without quotes, and a dollar that is no place as it is', () => {
    const { bodyText } = snippet('x', 'y', {
      $schema: variable('TM_FILENAME_BASE'),
      priority: `^${stop(1, '10')}`,
      mode: oneOf(2, ['a', 'b']),
    });

    expect(bodyText).toContain('"\\$schema": "$');
    expect(bodyText).toMatch(/"priority": \$\{1:10\},/);
    expect(filled(bodyText)).toEqual({ $schema: 'example', priority: 10, mode: 'a' });
  });
});
