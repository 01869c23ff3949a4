import { controlPart } from './control-part.ts';
import type { Situation } from './situation.ts';
import { accessPart, sensitiveDataPart, thirdPartyPart, threatPart } from './threat-part.ts';
import { vulnerabilityPart } from './vulnerability-part.ts';

/** What one product says in its findings. */
export interface ProductPart {
  readonly id: string;
  /** What follows `product/` in the ProductArn. */
  readonly productPath: string;
  readonly company: string;
  readonly generatorId: string;
  readonly types?: readonly string[];
  readonly originalSeverity?: string;
  readonly title: string;
  readonly description: string;
  readonly remediation: string;
  readonly url: string;
  readonly productFields: Readonly<Record<string, string>>;
  /** Members that only this product sets: Compliance, Vulnerabilities, Network … */
  readonly members?: Readonly<Record<string, unknown>>;
  /** A control check that passed. */
  readonly passed?: boolean;
}

export function productPartOf(situation: Situation): ProductPart {
  switch (situation.subject.product) {
    case 'Security Hub':
      return controlPart(situation);
    case 'Inspector':
      return vulnerabilityPart(situation);
    case 'GuardDuty':
      return threatPart(situation);
    case 'Macie':
      return sensitiveDataPart(situation);
    case 'IAM Access Analyzer':
      return accessPart(situation);
    default:
      return thirdPartyPart(situation);
  }
}
