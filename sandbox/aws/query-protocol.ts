import { type Fields, isObject } from '../json-object.ts';
import type { AwsError } from './faults.ts';

/** The AWS query protocol: the request is a form, the answer XML. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const QUERY_XML = { 'content-type': 'text/xml' };

/** The form's fields; the operation is in `Action`. */
export const readForm = (body: string): Fields => Object.fromEntries(new URLSearchParams(body));

export const queryAnswer = (operation: string, result: object): string =>
  element(`${operation}Response`, element(`${operation}Result`, contentOf(result)));

export const queryError = ({ type, message }: AwsError): string =>
  element('ErrorResponse', element('Error', contentOf({ Type: 'Sender', Code: type, Message: message })));

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

function contentOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((member) => element('member', contentOf(member))).join('');
  if (isObject(value)) {
    return Object.entries(value)
      .map(([name, child]) => element(name, contentOf(child)))
      .join('');
  }
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
