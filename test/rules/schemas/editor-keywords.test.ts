import { describe, expect, it } from 'vitest';
import { DRAFT } from '../../../lib/rules/schemas/json-schema.ts';
import { SCHEMA_FILES } from '../../../lib/rules/schemas/schema-files.ts';
import { schemaNodes } from './schema-nodes.ts';
import { strictAjv } from './strict-ajv.ts';

describe('the schemas that editors read', () => {
  it.each(Object.entries(SCHEMA_FILES))(
    '%s is a schema of draft 7 without a word that nobody knows',
    (_, schema) => {
      const ajv = strictAjv();

      expect(schema.$schema).toBe(DRAFT);
      expect(ajv.validateSchema(schema)).toBe(true);
      expect(() => ajv.compile(schema)).not.toThrow();
    },
  );

  it('say what each value of an enumeration means', () => {
    const enumerations = schemaNodes().filter(({ node }) => Array.isArray(node.enum));

    expect(enumerations.length).toBeGreaterThan(20);
    for (const { file, at, node } of enumerations) {
      const meanings = node.enumDescriptions as readonly string[] | undefined;
      expect.soft(meanings, `${file}#${at}`).toHaveLength((node.enum as readonly unknown[]).length);
      expect
        .soft(
          meanings?.every((text) => /\S/.test(text)),
          `${file}#${at}`,
        )
        .toBe(true);
    }
  });

  it('describe each member that an author can write', () => {
    // What stands below `if`, `else` of a rule, and `allOf` narrows a member that is described elsewhere.
    const members = schemaNodes().filter(
      ({ at }) => /\/properties\/[^/]+$/.test(at) && !/\/if\/|\/allOf\/|^\/else\//.test(at),
    );

    expect(members.length).toBeGreaterThan(80);
    for (const { file, at, node } of members)
      expect.soft(node.markdownDescription, `${file}#${at}`).toEqual(expect.any(String));
  });

  it('describe in plain text what they describe in Markdown', () => {
    const described = schemaNodes().filter(({ node }) => typeof node.markdownDescription === 'string');

    for (const { node } of described) {
      expect.soft(node.description).toBe(String(node.markdownDescription).replaceAll('`', ''));
    }
  });

  it('begin with the link that finds them', () => {
    const files = Object.values(SCHEMA_FILES).map(
      ({ properties, else: otherwise }) => properties ?? (otherwise as { properties: object }).properties,
    );

    for (const properties of files) expect.soft(Object.keys(properties as object)[0]).toBe('$schema');
  });
});
