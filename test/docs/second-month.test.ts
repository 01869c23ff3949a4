import { describe, it } from 'vitest';
import { executeDocument } from './executed-document.ts';
import { expectDocument } from './shown-document.ts';

describe('the page about the second month', () => {
  it('shows how an exception comes, ends and is renewed', () => {
    expectDocument('docs/second-month.md', (text) => executeDocument(text, []));
  }, 180_000);
});
