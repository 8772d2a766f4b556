/** The text in at most `limit` bytes of UTF-8, with `mark` at its end where it is cut. Never splits a character. */
export function cutToBytes(text: string, limit: number, mark: string): string {
  if (Buffer.byteLength(text) <= limit) return text;
  const room = new Uint8Array(limit - Buffer.byteLength(mark));
  return text.slice(0, new TextEncoder().encodeInto(text, room).read) + mark;
}
