// Tab, line feed, carriage return and U+0020 up, without surrogates that stand alone, U+FFFE and U+FFFF; the rest of
// Unicode, emoji included, is allowed. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
const REFUSED = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** The first character that SQS accepts neither in a body nor in an attribute, as `U+FFFE`; null if there is none. */
export function findRefusedCharacter(text: string): string | null {
  const codePoint = REFUSED.exec(text)?.[0].codePointAt(0);
  return codePoint === undefined ? null : `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
