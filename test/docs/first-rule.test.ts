import { describe, it } from 'vitest';
import { executeDocument } from './executed-document.ts';
import { expectDocument } from './shown-document.ts';

describe('the first rule', () => {
  it('comes about as its recording shows', () => {
    expectDocument('docs/first-rule.md', (text) => executeDocument(text, ['docs/finding.json']));
  }, 180_000);
});
