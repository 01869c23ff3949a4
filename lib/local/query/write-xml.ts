import type { QueryRefusal, QueryResult } from './query-api.ts';

/** The XML of an answer: `<Operation>Response` around `<Operation>Result`. */
export function writeAnswer(
  operation: string,
  namespace: string,
  requestId: string,
  result: QueryResult,
): string {
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return `<${operation}Response xmlns="${namespace}"><${operation}Result>${writeMembers(result)}</${operation}Result>${metadata}</${operation}Response>`;
}

export function writeRefusal(
  namespace: string,
  requestId: string,
  { refused, status, message }: QueryRefusal,
): string {
  const type = status < 500 ? 'Sender' : 'Receiver';
  return `<ErrorResponse xmlns="${namespace}"><Error>${writeMembers({ Type: type, Code: refused, Message: message })}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function writeMembers(members: QueryResult): string {
  return Object.entries(members)
    .map(([name, value]) => (value === undefined ? '' : `<${name}>${writeValue(value)}</${name}>`))
    .join('');
}

function writeValue(value: NonNullable<QueryResult[string]>): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => `<member>${writeMembers(item)}</member>`).join('');
  return typeof value === 'object' ? writeMembers(value as QueryResult) : escapeXml(String(value));
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
