import type { Remark } from '../remark.ts';

/** What differs for every rule of the findings manager. */
export const GENERAL_REMARKS: readonly Remark[] = [
  {
    kind: 'differs',
    code: 'people-come-first',
    text: 'The findings manager suppresses NOTIFIED findings too. Here a workflow status or note that a person or another tool set stays as it is; "overwrite" in a rule changes that.',
    fields: ['Workflow', 'Note'],
  },
  {
    kind: 'differs',
    code: 'first-rule-wins',
    text: 'Where several rules match, the findings manager takes any one of them, another on another day. Here the first in the file wins, so its note is written.',
    fields: ['Note'],
  },
  {
    kind: 'differs',
    code: 'incomplete-findings',
    text: 'The findings manager fails on findings without one of 20 members, FindingProviderFields among them. Here they are decided like others.',
    fields: ['Workflow', 'Note'],
  },
  {
    kind: 'differs',
    code: 'notes-are-texts',
    text: 'Notes are plain texts. Where the findings manager kept JSON in notes, what others wrote there stays in place.',
    fields: ['Note'],
  },
  {
    kind: 'differs',
    code: 'event-filter',
    text: 'The event rule of its Terraform module keeps INFORMATIONAL and PASSED findings away; its back-fill does not. Here rules match them too.',
  },
  {
    kind: 'review',
    code: 'switch-it-off',
    text: 'Take each rule out of the findings manager on the day its rule here enforces, so that a field has one owner.',
  },
];
