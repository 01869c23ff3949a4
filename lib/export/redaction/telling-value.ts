import { isAddress } from './address.ts';
import { anotherArn } from './arn.ts';
import type { Pseudonym } from './pseudonym.ts';
import { anotherUrl } from './scrub.ts';

const NAMING =
  /name|user|owner|principal|host|id$|title|label|value|domain|group|path|key|alias|contact|mail|\b(?:city|isp|org|asnorg)$/i;

const NAMELESS = [
  /^\s*$/,
  /^(?:true|false|yes|no|on|off|null|none|enabled|disabled|unknown|default|root|any|all|n\/a|\*)$/i,
  /^[+-]?\d{1,9}(?:\.\d{1,9})?%?$/,
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/,
  /^(?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-[a-z]+){1,2}-\d[a-f]?$/,
  /^AWS::\w+::\w+$/,
  /^CVE-\d{4}-\d{4,}$/,
];
const UPPER_CASE_WORD = /^[A-Z]{1,14}(?:_[A-Z0-9]{1,14})*$/;
/** As in `AWS::IAM::AccessKey:<id>`: the kind of resource before its name. */
const TYPED = /^(AWS::\w*::\w+:)([\s\S]*)$/;

/**
 * Another text for one that may say anything: what has a shape that names nobody (numbers, times, Regions, words in
 * upper case where no name is due) stays, ARNs and links keep what says their kind, all else becomes a pseudonym.
 */
export function anotherValue(member: string, text: string, pseudonym: Pseudonym): string {
  if (NAMELESS.some((shape) => shape.test(text))) return text;
  if (UPPER_CASE_WORD.test(text) && text.length <= 40 && !NAMING.test(member)) return text;
  if (isAddress(text)) return pseudonym(text);
  if (/^https?:\/\//.test(text)) return anotherUrl(text, pseudonym);
  const [, type, name] = TYPED.exec(text) ?? [];
  if (type !== undefined && name !== undefined) return type + anotherValue('Id', name, pseudonym);
  return (text.startsWith('arn:') ? anotherArn(text, pseudonym) : null) ?? pseudonym(text);
}

/** 512 characters at most: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html */
const LONGEST_ID = 512;

/** Another Id or ProductArn, as unlike others as the one it stands for. */
export function anotherIdentity(text: string, pseudonym: Pseudonym): string {
  const another = text.startsWith('arn:') ? anotherArn(text, pseudonym) : null;
  return another !== null && another.length <= LONGEST_ID ? another : pseudonym(text);
}
