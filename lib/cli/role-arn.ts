import { InvalidArgumentError } from 'commander';

/** A role named on the command line. */
export function readRoleArn(text: string): string {
  if (/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(text)) return text;
  throw new InvalidArgumentError('A role is named by its ARN, arn:aws:iam::<account>:role/<name>.');
}
