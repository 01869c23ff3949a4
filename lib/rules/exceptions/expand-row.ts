import type { LeafCondition, Rule } from '../rule.ts';
import type { JsonPath } from '../source.ts';
import {
  DEFAULT_EXCEPTION_PRIORITY,
  EXCEPTIONS_FOLDER,
  type ExceptionFile,
  type ExceptionRow,
  SUBJECT_FACTS,
  SUBJECTS,
} from './exception-row.ts';

export interface ExpandedRow {
  readonly rule: Rule;
  /** The member of the row that a place in the rule was made of, as a path from the row; `file` where it is the file's. */
  readonly originOf: (path: JsonPath) => { readonly in: 'row' | 'file'; readonly path: JsonPath };
}

/** A condition and the member of the row it says. */
interface RowCondition {
  readonly leaf: LeafCondition;
  readonly member: string;
}

/** Every label but CRITICAL. */
const BELOW_CRITICAL = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH'];
/** A control that passes needs no exception, and what one wrote is withdrawn once it does. */
const NOT_PASSED = ['FAILED', 'WARNING', 'NOT_AVAILABLE'];

/**
 * Makes the ordinary suppressing rule `exceptions/<team>/<id>` of a row. Nothing is special about it afterwards: it
 * is checked, merged, explained and withdrawn as any rule, and CRITICAL findings stay visible unless the row says
 * `allowCritical`.
 */
export function expandRow(
  team: string,
  row: ExceptionRow,
  file: Omit<ExceptionFile, 'exceptions'>,
): ExpandedRow {
  const conditions = conditionsOf(row);
  const rule: Rule = {
    name: nameOfRow(team, row),
    description: descriptionOf(row),
    owner: row.owner,
    reasonCode: row.reasonCode,
    reason: row.reason,
    ticket: row.ticket,
    expires: row.until,
    mode: file.mode ?? 'observe',
    priority: file.priority ?? DEFAULT_EXCEPTION_PRIORITY,
    conditions: { all: conditions.map(({ leaf }) => leaf) },
    event: {
      type: 'update',
      params: {
        Workflow: { Status: 'SUPPRESSED' },
        Note: { Text: `${row.reason} (${row.ticket}, until ${row.until})` },
      },
    },
    ...(row.allowCritical === undefined ? {} : { allowCritical: row.allowCritical }),
  };
  return { rule, originOf: (path) => originOf(path, conditions) };
}

/** What the rule of a row is called; `team` is the name of its file without `.json`. */
export function nameOfRow(team: string, { id }: Pick<ExceptionRow, 'id'>): string {
  return `${EXCEPTIONS_FOLDER}/${team}/${id}`;
}

function conditionsOf(row: ExceptionRow): readonly RowCondition[] {
  const subject = SUBJECTS.find((name) => row[name] !== undefined) ?? 'control';
  const wanted = row[subject] ?? '';
  const operator = subject !== 'control' && isPattern(wanted) ? 'glob' : 'equal';
  const { accounts, resources } = row;
  return [
    {
      member: subject,
      leaf: { name: subject, fact: SUBJECT_FACTS[subject], operator, value: wanted },
    },
    ...(subject === 'control'
      ? [
          {
            member: subject,
            leaf: { name: 'not passed', fact: 'Compliance.Status', operator: 'in', value: NOT_PASSED },
          },
        ]
      : []),
    { member: 'accounts', leaf: { name: 'accounts', fact: 'AwsAccountId', operator: 'in', value: accounts } },
    ...(resources === undefined
      ? []
      : [
          {
            member: 'resources',
            leaf: {
              name: 'resources',
              fact: 'Resources[*].Id',
              // Every resource: a finding that also concerns another one was not agreed to.
              operator: resources.some(isPattern) ? 'everyFact:someValue:glob' : 'everyFact:in',
              value: resources,
            },
          },
        ]),
    ...(row.allowCritical === true
      ? []
      : [
          {
            member: 'allowCritical',
            leaf: { name: 'below critical', fact: 'Severity.Label', operator: 'in', value: BELOW_CRITICAL },
          },
        ]),
  ];
}

/** Whether a title, generator or resource of a row stands for several. */
export function isPattern(text: string): boolean {
  return text.includes('*');
}

function descriptionOf(row: ExceptionRow): string {
  const subject = SUBJECTS.find((name) => row[name] !== undefined) ?? 'control';
  const where = row.resources === undefined ? '' : ` on ${row.resources.join(', ')}`;
  return `Exception: ${subject} ${row[subject]} in ${row.accounts.join(', ')}${where}.`;
}

function originOf(path: JsonPath, conditions: readonly RowCondition[]): ReturnType<ExpandedRow['originOf']> {
  const [first, , third, , ...inner] = path;
  switch (first) {
    case 'mode':
    case 'priority':
      return { in: 'file', path: [first] };
    case 'name':
      return { in: 'row', path: ['id'] };
    case 'expires':
      return { in: 'row', path: ['until'] };
    case 'conditions': {
      const member = conditions[Number(third)]?.member;
      return { in: 'row', path: member === undefined ? [] : [member, ...inner] };
    }
    case 'event':
      return { in: 'row', path: path.includes('Note') ? ['reason'] : [] };
    case undefined:
      return { in: 'row', path: [] };
    default:
      return { in: 'row', path };
  }
}
