import { AdapterError } from '../../shared/effects/adapter-error.ts';

/** Failed I/O as a value, because somebody waits for an answer. Any other error is a mistake of ours and goes on. */
export async function tried<Value>(work: Promise<Value>): Promise<Value | AdapterError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AdapterError) return error;
    throw error;
  }
}
