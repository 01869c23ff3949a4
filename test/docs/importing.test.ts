import { describe, it } from 'vitest';
import { executeDocument } from './executed-document.ts';
import { expectDocument } from './shown-document.ts';

describe('importing', () => {
  it('comes about as its recording shows', () => {
    expectDocument('docs/importing.md', (text) => executeDocument(text, ['docs/automation-rules.json']));
  }, 180_000);
});
