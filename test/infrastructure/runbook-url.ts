/** Where alarms of stacks in tests say their runbook is: without an address each synthesis would warn. */
export const RUNBOOK_URL = 'https://wiki.example.com/triage';
