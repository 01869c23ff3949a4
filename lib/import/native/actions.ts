import { SEVERITY_LABELS } from '../../findings/finding.ts';
import { UPDATABLE_FIELDS } from '../../findings/update.ts';
import { isObject } from '../../rules/condition-sites.ts';
import type { UpdateTemplate } from '../../rules/rule.ts';
import { NORMALIZED_BY_LABEL } from '../../triage/field.ts';
import { noteOf } from '../note.ts';
import type { Remark } from '../remark.ts';

type Members = Readonly<Record<string, unknown>>;

/** What a rule writes, with what of it is not said as the source did; or why it writes nothing of ours. */
export type ReadAction =
  | { readonly params: UpdateTemplate; readonly remarks: readonly Remark[] }
  | { readonly refused: string };

/** The action of a native rule: always one, which changes members of BatchUpdateFindings. */
export function readActions(actions: unknown): ReadAction {
  const list = Array.isArray(actions) ? actions.filter(isObject) : [];
  const update = list.map(({ FindingFieldsUpdate }) => FindingFieldsUpdate).filter(isObject);
  const [fields, second] = update;
  if (fields === undefined || second !== undefined || list.length !== 1)
    return { refused: 'It has not exactly one action FINDING_FIELDS_UPDATE.' };
  const unknown = Object.keys(fields).find((name) => !(UPDATABLE_FIELDS as readonly string[]).includes(name));
  if (unknown !== undefined) return { refused: `Its action changes ${unknown}, which rules cannot.` };
  if (textsIn({ ...fields, Note: undefined }).some((text) => /\{\{|\}\}/.test(text)))
    return { refused: 'Double braces in what it writes would be read as a place for a value.' };
  const severity = isObject(fields.Severity) ? readSeverity(fields.Severity) : { params: {}, remarks: [] };
  const note = isObject(fields.Note) ? noteOf(fields.Note.Text) : { params: {}, remarks: [] };
  const { Severity: _severity, Note: _note, ...plain } = fields;
  return {
    params: { ...(plain as UpdateTemplate), ...severity.params, ...note.params },
    remarks: [...severity.remarks, ...note.remarks, ...listRemarks(plain), ...keyRemarks(plain)],
  };
}

function readSeverity({ Label, Normalized, Product }: Members): {
  readonly params: UpdateTemplate;
  readonly remarks: readonly Remark[];
} {
  const label =
    SEVERITY_LABELS.find((known) => known === Label) ??
    (typeof Normalized === 'number' ? labelOfNumber(Normalized) : undefined);
  if (label === undefined) {
    const text = 'Severity.Product is deprecated and no rule writes it; the severity stays as it is.';
    return { params: {}, remarks: [{ kind: 'lost', code: 'severity-product', text, fields: ['Severity'] }] };
  }
  const number = NORMALIZED_BY_LABEL[label];
  const lost = [
    ...(typeof Normalized === 'number' && Normalized !== number ? [`Normalized ${Normalized}`] : []),
    ...(Product === undefined ? [] : [`Product ${JSON.stringify(Product)}`]),
  ];
  const text = `Severity is set by its label, ${label} (${number}): ${lost.join(' and ')} is left out.`;
  return {
    params: { Severity: { Label: label } },
    remarks: lost.length === 0 ? [] : [{ kind: 'lost', code: 'severity-number', text }],
  };
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html: 0, 1–39, 40–69, 70–89, 90–100. */
function labelOfNumber(normalized: number): (typeof SEVERITY_LABELS)[number] | undefined {
  if (normalized < 1) return 'INFORMATIONAL';
  return SEVERITY_LABELS.findLast((label) => NORMALIZED_BY_LABEL[label] <= normalized);
}

function listRemarks(fields: Members): readonly Remark[] {
  return (['Types', 'RelatedFindings'] as const).flatMap((field): readonly Remark[] => {
    if (!Array.isArray(fields[field])) return [];
    const text = `${field} are added to those of the finding; the native rule puts them in their place.`;
    return [
      {
        kind: 'differs',
        code: `${field === 'Types' ? 'types' : 'related-findings'}-are-added`,
        text,
        fields: [field],
      },
    ];
  });
}

function keyRemarks({ UserDefinedFields }: Members): readonly Remark[] {
  if (!isObject(UserDefinedFields)) return [];
  const text = 'Keys that others wrote stay. Whether the native rule keeps them is not documented.';
  return [{ kind: 'assumed', code: 'keys-are-merged', text, fields: ['UserDefinedFields'] }];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}
