import { type Fields, wordOf } from '../json-object.ts';
import type { AwsError } from './faults.ts';

/** Input as it came, output as AWS answers it (times in epoch seconds, names in camel case), or an error. */
export type Operation = (input: Fields) => object | AwsError;

/** By IAM action. */
export type Operations = Readonly<Record<string, Operation>>;

export const refuse = (type: string, message: string): AwsError => ({ status: 400, type, message });

/** The last part of an ARN, or the name itself: the APIs take either. */
export const nameOf = (nameOrArn: unknown): string => wordOf(nameOrArn, 'default').split('/').at(-1) ?? '';

export const textsOf = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.map((word) => wordOf(word)) : [];

export const isAwsError = (result: object): result is AwsError => 'status' in result && 'type' in result;
