/** A call in the query protocol that is refused: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html */
export interface QueryRefusal {
  readonly refused: string;
  readonly status: number;
  readonly message: string;
}

/** What an operation answers: elements by name, lists as arrays, in the order they are written. */
export interface QueryResult {
  readonly [element: string]: QueryValue | undefined;
}
type QueryValue = string | number | boolean | Date | QueryResult | readonly QueryResult[];

/** One operation, called by the principal with this ARN; parameters are the form's, by name. */
export type QueryOperation = (
  callerArn: string,
  parameters: Readonly<Record<string, string>>,
) => QueryResult | QueryRefusal;

/** An API that speaks AWS's query protocol: form in, XML out. */
export interface QueryApi {
  /** Of the answers' elements. */
  readonly namespace: string;
  readonly operations: ReadonlyMap<string, QueryOperation>;
}

export function refuseQuery(refused: string, status: number, message: string): QueryRefusal {
  return { refused, status, message };
}

export function isQueryRefusal(result: QueryResult | QueryRefusal): result is QueryRefusal {
  return typeof result.refused === 'string' && typeof result.status === 'number';
}
