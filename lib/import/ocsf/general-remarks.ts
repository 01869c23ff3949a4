import { GENERAL_REMARKS } from '../native/general-remarks.ts';
import type { Remark } from '../remark.ts';

/** What differs for every rule of the new Security Hub. */
export const OCSF_REMARKS: readonly Remark[] = [
  {
    kind: 'differs',
    code: 'another-service',
    text: 'These rules act on OCSF findings of the new Security Hub; the rules here act on the ASFF findings of Security Hub CSPM. A finding of both services is two findings.',
  },
  ...GENERAL_REMARKS.filter(({ code }) => code !== 'switch-native-off'),
];
