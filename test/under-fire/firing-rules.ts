const titled = (start: string) => ({ all: [{ fact: 'Title', operator: 'startsWith', value: start }] });

/** Rules whose titles say which payload a finding gets; `alone` gives each finding a payload of its own. */
export const FIRING_RULES = [
  {
    name: 'suppress-it',
    reason: 'Approved scanner, SEC-1234',
    reasonCode: 'accepted-risk',
    expires: new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10),
    allowCritical: true,
    conditions: titled('suppress'),
    event: {
      type: 'update',
      params: { Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'Known scanner (SEC-1234)' } },
    },
  },
  {
    name: 'lower-it',
    conditions: titled('lower'),
    event: { type: 'update', params: { Severity: { Label: 'LOW' }, UserDefinedFields: { lowered: 'yes' } } },
  },
  {
    name: 'notify-it',
    conditions: titled('notify'),
    event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' }, Confidence: 80 } },
  },
  {
    name: 'note-it-alone',
    conditions: titled('alone'),
    event: { type: 'update', params: { Note: { Text: 'Seen: {{Id}}' } } },
  },
];

/** What a title may start with; the last is touched by no rule. */
export const TITLES = ['suppress', 'lower', 'notify', 'alone', 'leave'] as const;
export type Title = (typeof TITLES)[number];
