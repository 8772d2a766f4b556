import * as fc from 'fast-check';

/** What an event may hold at its worst: foreign markup, terminal codes, other scripts, and far too much of it. */
export const absurd = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  fc.constantFrom(
    '<!channel>',
    '<@U024BE7LH> & <#C1|x> <https://evil.example|click>',
    '<script>alert(1)</script>',
    '<!date^1^{time}|x> <!date^1^|<!here>>',
    '```*bold* _it_ ~no~ `code```',
    '\u001b[31mred\u001b[0m\u0007\r\nnext',
    '\u202eevil שלום مرحبا',
    '👩‍👩‍👧‍👦🔴 \ud83d',
    '"\\&'.repeat(700),
    'r'.repeat(5_000),
    '&'.repeat(255),
    '表'.repeat(5_000),
    '',
  ),
);
