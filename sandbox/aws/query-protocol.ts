import { type Fields, isObject } from '../json-object.ts';
import type { AwsError } from './faults.ts';

/**
 * The AWS query protocol: the request is a form, the answer XML. EC2 has a kind of its own.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 * https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const QUERY_XML = { 'content-type': 'text/xml' };

/** The form's fields; the operation is in `Action`. */
export const readForm = (body: string): Fields => Object.fromEntries(new URLSearchParams(body));

export const queryAnswer = (operation: string, result: object): string =>
  element(`${operation}Response`, element(`${operation}Result`, contentOf(result)));

export const queryError = ({ type, message }: AwsError): string =>
  element('ErrorResponse', element('Error', contentOf({ Type: 'Sender', Code: type, Message: message })));

export const ec2Answer = (operation: string, result: object): string =>
  element(`${operation}Response`, contentOf(result, 'item'));

export const ec2Error = ({ type, message }: AwsError): string =>
  element('Response', element('Errors', element('Error', contentOf({ Code: type, Message: message }))));

/** A list of the form, whose members are numbered from 1: `SubnetId.1`, or `AlarmNames.member.1`. */
export function membersOf(form: Fields, name: string): readonly string[] {
  const values: string[] = [];
  for (let value = form[`${name}.1`]; typeof value === 'string'; value = form[`${name}.${values.length + 1}`])
    values.push(value);
  return values;
}

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

/** `member`: what the elements of lists are called. */
function contentOf(value: unknown, member = 'member'): string {
  if (Array.isArray(value)) return value.map((one) => element(member, contentOf(one, member))).join('');
  if (isObject(value)) {
    return Object.entries(value)
      .map(([name, child]) => element(name, contentOf(child, member)))
      .join('');
  }
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
