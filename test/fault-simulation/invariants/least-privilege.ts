import type { Invariant } from './invariant.ts';

const ACTIONS = ['BatchUpdateFindings', 'GetFindings', 'SendMessageBatch', 'ChangeMessageVisibilityBatch'];

export const leastPrivilege: Invariant = {
  id: 'I12',
  name: 'least privilege',
  says: 'The function asks for nothing but its four actions; by the statements that are deployed with its rules, Security Hub denies it nothing but where permissions were taken away.',
  watch: (_world, { holds }) => ({
    onCall({ operation }) {
      holds(ACTIONS.includes(operation), () => `the function called ${operation}`);
    },
    onRefused({ operation, code, message, expected }) {
      if (code === 'AccessDeniedException' || code === 'AccessDenied')
        holds(expected, () => `${operation} was denied: ${message}`);
    },
  }),
};
