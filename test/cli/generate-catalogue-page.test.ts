import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeUpdate } from '../../lib/cli/describe-update.ts';
import { generateCataloguePage } from '../../lib/cli/generate-catalogue-page.ts';
import { ruleWith } from '../rules/rules-folder.ts';

const RULES_DIR = join(import.meta.dirname, '../../rules');
const NO_RULES = /^(?:samples|context|conditions|exceptions)\/|\.(?:test|schema)\.json$/;

describe('the catalogue page', () => {
  const page = readFileSync(join(RULES_DIR, 'CATALOGUE.md'), 'utf8');

  it('is written out as the rules say it', () => {
    expect(page).toBe(generateCataloguePage(RULES_DIR));
  });

  it('has one row for each rule file, which it links to', () => {
    const files = readdirSync(RULES_DIR, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.includes('/') && file.endsWith('.json') && !NO_RULES.test(file),
    );

    const linked = [...page.matchAll(/^\| \[[^\]]+\]\(([^)]+)\)/gm)].map(([, file]) => file);

    expect(linked.length).toBeGreaterThanOrEqual(32);
    expect(linked.sort()).toEqual(files.sort());
  });

  describe('of other rules', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    function writeRules(...rules: readonly Readonly<Record<string, unknown>>[]) {
      for (const rule of rules) {
        mkdirSync(join(folder, 'area one'), { recursive: true });
        writeFileSync(join(folder, 'area one', `${rule.name}.json`), JSON.stringify(rule));
      }
    }

    it('counts modes and suppressions, and lists the highest priority first', () => {
      const suppressing = {
        reasonCode: 'false-positive',
        expires: 'never',
        reviewBy: '2027-06-30',
        allowCritical: true,
        event: { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } },
      };
      writeRules(
        ruleWith({ name: 'low', priority: 1, mode: 'enforce' }),
        ruleWith({ name: 'high', priority: 9, ...suppressing }),
      );

      const text = generateCataloguePage(folder);

      expect(text).toContain(
        '2 rules: 1 enforced, 1 observing.\n1 of them suppress findings, 0 of these enforced; 1 may suppress CRITICAL findings.\n',
      );
      expect(text).toMatch(
        /\| \[high\]\(area%20one\/high\.json\) \| area one \| observe \| 9 \| {2}\| SUPPRESSED \| @acme\/secops \| never; reviewed by 2027-06-30 \|\n\| \[low\]/,
      );
    });

    it('shows what people wrote as text that does nothing', () => {
      const description = 'a|b <img src=x> [link](https://example.com) `code` *x*\nnext \u202e line';
      writeRules(ruleWith({ name: 'low', description }));

      const text = generateCataloguePage(folder);

      expect(text).toContain(
        '| a\\|b \\<img src=x\\> \\[link\\](https://example.com) \\`code\\` \\*x\\*\\\\u000anext \\\\u202e line |',
      );
    });

    it('is not written where the rules do not load', () => {
      const broken = join(folder, 'broken');
      cpSync(join(folder, 'area one'), join(broken, 'area'), { recursive: true });
      writeFileSync(join(broken, 'area/low.json'), '{');

      expect(() => generateCataloguePage(broken)).toThrow(/area\/low\.json.*TR001/s);
    });
  });
});

describe('an update in words', () => {
  it('names every member in the order of the API', () => {
    const words = describeUpdate({
      UserDefinedFields: { a: '1', b: '2' },
      Note: { Text: 'x' },
      RelatedFindings: [{ Id: 'r', ProductArn: 'p' }],
      Types: ['T/t'],
      Criticality: 0,
      Confidence: 5,
      VerificationState: 'FALSE_POSITIVE',
      Severity: { Label: 'LOW' },
      Workflow: { Status: 'SUPPRESSED' },
    });

    expect(words).toBe(
      'SUPPRESSED, severity LOW, FALSE_POSITIVE, confidence 5, criticality 0, type "T/t", related finding "r", note, a = "1", b = "2"',
    );
  });

  it('leaves out what is not written', () => {
    expect(describeUpdate({ Workflow: { Status: 'RESOLVED' } })).toBe('RESOLVED');
  });
});
