/** Where a template is deployed to: what its pseudo parameters mean and how queues are addressed. */
export interface Deployment {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** A queue's URL by its name: on the local account it names the local endpoint. */
  readonly queueUrl: (queueName: string) => string;
}
