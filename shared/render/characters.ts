/** Code points, so that no surrogate pair is ever split. Slack and SNS count much the same. */
export const characters = (text: string): readonly string[] => Array.from(text);

export const characterCount = (text: string): number => characters(text).length;
