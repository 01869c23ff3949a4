/** `*` stands for any run of characters, `?` for one. Linear but for backtracking to the last `*`. */
export function matchesWildcard(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let starAt = -1;
  let starText = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      starAt = p++;
      starText = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (starAt >= 0) {
      p = starAt + 1;
      t = ++starText;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(p));
}

/**
 * ARNs are compared field by field, so that a `*` never reaches into the next field; missing fields are `*`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') {
    return true;
  }
  const wanted = arnFields(pattern);
  const actual = arnFields(arn);
  return (
    actual.length === ARN_FIELDS &&
    actual.every((field, index) => matchesWildcard(wanted[index] ?? '*', field))
  );
}

const ARN_FIELDS = 6;

function arnFields(arn: string): readonly string[] {
  const parts = arn.split(':');
  const resource = parts.slice(ARN_FIELDS - 1);
  return resource.length === 0 ? parts : [...parts.slice(0, ARN_FIELDS - 1), resource.join(':')];
}
