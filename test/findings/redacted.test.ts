import { describe, expect, it } from 'vitest';
import { isRedacted, markRedacted, REDACTED_FIELD } from '../../lib/findings/redacted.ts';

const FINDING = { Id: 'f', ProductArn: 'arn:aws:securityhub' };

describe('the mark of a redacted finding', () => {
  it('stands among the product fields, and is read back', () => {
    const finding = { ...FINDING, Title: 'x', ProductFields: { kept: 'yes' } };

    const marked = markRedacted(finding);

    expect(marked).toEqual({
      ...finding,
      ProductFields: { kept: 'yes', 'securityhub-triage/redacted': 'true' },
    });
    expect([isRedacted(marked), isRedacted(finding)]).toEqual([true, false]);
  });

  it.each([[undefined], [null], ['text'], [7], [['a']]])(
    'replaces product fields that are %j',
    (ProductFields) => {
      const marked = markRedacted({ ...FINDING, ProductFields });

      expect(marked.ProductFields).toEqual({ [REDACTED_FIELD]: 'true' });
      expect(isRedacted({ ...FINDING, ProductFields })).toBe(false);
    },
  );

  it.each([[true], ['false'], ['']])('is not there as %j', (value) => {
    expect(isRedacted({ ...FINDING, ProductFields: { [REDACTED_FIELD]: value } })).toBe(false);
  });

  it('is not there by inheritance, nor on a list', () => {
    const inherited = Object.create({ [REDACTED_FIELD]: 'true' });
    const list = Object.assign([], { [REDACTED_FIELD]: 'true' });

    expect(isRedacted({ ...FINDING, ProductFields: inherited })).toBe(false);
    expect(isRedacted({ ...FINDING, ProductFields: list })).toBe(false);
  });
});
