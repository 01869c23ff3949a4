import { membersOf } from '../../findings/catalogue.ts';

/** Types of ASFF by their letters in lower case: the same words, put together another way. */
const TYPES: ReadonlyMap<string, string> = new Map(
  Object.keys(membersOf('ResourceDetails')).map((type) => [type.toLowerCase(), type]),
);

/** `AWS::S3::Bucket` as ASFF calls it, `AwsS3Bucket`; undefined where ASFF has no details of such a resource. */
export function resourceTypeOf(type: string): string | undefined {
  return TYPES.get(type.replaceAll('::', '').toLowerCase());
}
