import type { Leaf } from './leaf.ts';
import type { Matcher } from './matcher.ts';

/**
 * About what share of all finding events has a value, where it is far from `USUAL`. Only the ratios matter, and only to
 * what is widened first where a pattern would grow too long: the pattern is right whatever stands here.
 */
const SHARES: Readonly<Record<string, Readonly<Record<string, number>> | number>> = {
  Region: 0.1,
  ProductName: { 'Security Hub': 0.6, 'Security Hub CSPM': 0.6, Inspector: 0.3 },
  ProductArn: 0.3,
  RecordState: { ACTIVE: 0.85, ARCHIVED: 0.15 },
  Types: 0.1,
  'Compliance.Status': { PASSED: 0.5, FAILED: 0.25, WARNING: 0.03, NOT_AVAILABLE: 0.03 },
  'Severity.Label': { INFORMATIONAL: 0.5, LOW: 0.1, MEDIUM: 0.25, HIGH: 0.12, CRITICAL: 0.03 },
  'Workflow.Status': { NEW: 0.5, NOTIFIED: 0.05, RESOLVED: 0.4, SUPPRESSED: 0.05 },
  'Resources.Type': 0.1,
  'Vulnerabilities.Id': 0.3,
  'Vulnerabilities.FixAvailable': 0.1,
  'Vulnerabilities.ExploitAvailable': { NO: 0.25, YES: 0.05 },
};
const USUAL = 0.01;
const OTHER_PRODUCTS = 0.05;

/** The share of events that a field of a pattern lets through, between 0 and 1. */
export type ShareOf = (leaf: Leaf) => number;

/**
 * Fewer accounts are not taken to be all there are. Where they are all, events are few and what a pattern lets through
 * costs next to nothing: it is made for organizations.
 */
const LEAST_ACCOUNTS = 100;

/** @param accounts how many accounts the rules know: each is taken to have as many findings as any other */
export function createShareOf(accounts: number): ShareOf {
  const ofAccount = 1 / Math.max(LEAST_ACCOUNTS, accounts);
  const shares = new WeakMap<Leaf, number>();
  return (leaf) => {
    const worked = shares.get(leaf);
    if (worked !== undefined) return worked;
    const known = leaf.path === 'AwsAccountId' ? ofAccount : (SHARES[leaf.path] ?? USUAL);
    const sum = [...leaf.matchers.values()].reduce<number>(
      (total, matcher) => total + shareOfMatcher(matcher, known),
      0,
    );
    const share = Math.min(1, sum);
    shares.set(leaf, share);
    return share;
  };
}

function shareOfMatcher(matcher: Matcher, known: Readonly<Record<string, number>> | number): number {
  const usual = typeof known === 'number' ? known : OTHER_PRODUCTS;
  if (matcher === null || typeof matcher !== 'object')
    return typeof known === 'number' ? known : (known[String(matcher)] ?? usual);
  if ('anything-but' in matcher) return 0.001;
  if ('equals-ignore-case' in matcher) return usual;
  if ('prefix' in matcher) return shareOfText(matcher.prefix, usual);
  if ('suffix' in matcher) return shareOfText(matcher.suffix, usual);
  if ('numeric' in matcher) return 0.5;
  return matcher.exists ? 0.5 : 0.001;
}

/** Beginnings that stand for a whole kind of texts. */
const COMMON_BEGINNINGS = [
  'arn:aws:',
  'security-control/',
  'Software and Configuration Checks/',
  'CVE-',
  'Aws',
];
/** How many a beginning lets through for each word of it. */
const SHARE_PER_WORD = 0.05;

/** The fewer words a beginning has, the more it stands for. */
function shareOfText(text: string, usual: number): number {
  if (COMMON_BEGINNINGS.some((common) => common.startsWith(text))) return 1;
  const words = text.replace(/^arn:[\w-]+:/, '').match(/\w+/g)?.length ?? 0;
  return Math.max(usual, SHARE_PER_WORD ** words);
}
