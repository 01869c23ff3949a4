import { applyEdits, modify } from 'jsonc-parser';
import type { Finding } from '../../findings/finding.ts';
import { checkSchema } from '../../rules/check-schema.ts';
import { EXCEPTIONS_FOLDER, type ExceptionRow } from '../../rules/exceptions/exception-row.ts';
import { exceptionRules, faultsOfExceptions } from '../../rules/exceptions/exception-rules.ts';
import { parseSource } from '../../rules/parse-source.ts';
import type { ReasonCode } from '../../rules/rule.ts';
import { safeJson } from '../../rules/safe-json.ts';
import { accountIdOf, memberOf, textOf } from './rule-from-finding.ts';

/** What a person has to say of an exception; the finding says the rest. */
export interface Agreement {
  readonly until: string;
  readonly reasonCode: ReasonCode;
  readonly reason: string;
  readonly ticket: string;
  readonly owner: string;
}

const EMPTY_FILE =
  '{\n  "$schema": "../exceptions.schema.json",\n  "mode": "observe",\n  "exceptions": []\n}\n';

/**
 * The row that excepts this finding's control, else its title or generator, on its resources in its account. The title
 * comes first, for the generator of GuardDuty and Inspector stands for everything they find.
 */
export function rowFromFinding(
  id: string,
  finding: Finding,
  agreement: Agreement,
): Readonly<Record<string, unknown>> {
  const control = textOf(memberOf(finding.Compliance, 'SecurityControlId'));
  const generator = textOf(finding.GeneratorId);
  const title = textOf(finding.Title);
  const subject = control !== undefined ? { control } : title !== undefined ? { title } : { generator };
  const ids = Array.isArray(finding.Resources)
    ? finding.Resources.map((resource) => textOf(memberOf(resource, 'Id'))).filter(
        (text) => text !== undefined,
      )
    : [];
  const account = accountIdOf(finding);
  const { until, reasonCode, reason, ticket, owner } = agreement;
  return {
    id,
    ...subject,
    accounts: account === undefined ? [] : [account],
    ...(ids.length === 0 ? {} : { resources: [...new Set(ids)] }),
    ...({ until, reasonCode, reason, ticket, owner } satisfies Partial<ExceptionRow>),
  };
}

/** The text of a team's file with the row at its end, all else as it was; or why it would not load. */
export function appendRow(
  team: string,
  file: string,
  text: string | undefined,
  row: Readonly<Record<string, unknown>>,
): { readonly text: string } | { readonly fault: string } {
  const before = text ?? EMPTY_FILE;
  const label = `${EXCEPTIONS_FOLDER}/${team}.json`;
  const edits = modify(before, [EXCEPTIONS_FOLDER, -1], row, {
    isArrayInsertion: true,
    formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' },
  });
  const after = applyEdits(before, edits);
  const { source, value, diagnostics } = parseSource({ file, label }, after);
  const read = { kind: 'exceptions', file, label, stem: team, source, value } as const;
  const [fault] = [...diagnostics, ...checkSchema('exceptions', source, value), ...faultsOfExceptions(read)];
  if (fault !== undefined) return { fault: [fault.message, fault.help].filter(Boolean).join(' ') };
  const names = exceptionRules(read).map(({ name }) => name);
  const taken = names.slice(0, -1).includes(names.at(-1) ?? '');
  return taken ? { fault: `There is a row ${safeJson(row.id)} in ${label} already.` } : { text: after };
}
