import type { Digest } from '../domain/digest.ts';
import type { CardButton } from './button.ts';
import { plural } from './listing.ts';

/** What is told together can be told apart while some of it is open. */
export function digestButtons({ entries }: Digest): readonly CardButton[] {
  const folded = entries.filter(({ isResolved, hasOwnMessage }) => !isResolved && !hasOwnMessage).length;
  if (folded === 0) return [];
  return [
    {
      action: 'unfold',
      label: 'A message for each',
      confirm: {
        title: 'A message for each?',
        text: `Posts ${plural(folded, 'message')} here, about one a second: one for each open problem that has none.`,
        yes: 'Post them',
      },
    },
  ];
}
