import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';

const schemaText = (name: string) => readFileSync(new URL(`./schemas/${name}`, import.meta.url), 'utf8');

/** RFC 3986: the characters of a URI, and what they may stand for; schemes only where they are demanded. */
const URI_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  formats: {
    uri: (text: string) => /^[a-z][a-z0-9+.-]*:/i.test(text) && URI_CHARACTERS.test(text),
    'uri-reference': URI_CHARACTERS,
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
  },
});
const validateSarif = ajv.compile(JSON.parse(schemaText('sarif-schema-2.1.0.json')));
const junitSchema = XsdValidator.fromDoc(XmlDocument.fromString(schemaText('junit-10.xsd')));

/** What the JSON schema of SARIF 2.1.0 refuses in a log, one text each. */
export function sarifFaults(log: string): readonly string[] {
  if (validateSarif(JSON.parse(log))) return [];
  return (validateSarif.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What Jenkins' schema junit-10.xsd refuses in a report; throws where the text is no XML. */
export function junitFaults(report: string): readonly string[] {
  try {
    junitSchema.validate(XmlDocument.fromString(report));
    return [];
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map(({ message }) => message.trim());
    throw error;
  }
}

/** The values that an XPath finds in a report, in its order. */
export function valuesAt(report: string, xpath: string): readonly string[] {
  return XmlDocument.fromString(report)
    .find(xpath)
    .map((node) => node.content);
}
