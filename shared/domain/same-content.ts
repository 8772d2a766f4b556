/**
 * Whether two values of plain data say the same, in whatever order their fields are: DynamoDB does not keep the order of a
 * map's. A field that is `undefined` is one that is not there.
 */
export function sameContent(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isStructure(a) || !isStructure(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...fields].every((field) => sameContent(a[field], b[field]));
}

const isStructure = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
