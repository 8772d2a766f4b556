import { type Fields, isObject } from '../json-object.ts';

/** Characters, as Slack counts them closely enough: https://docs.slack.dev/reference/block-kit/blocks */
const MOST_BLOCKS = 50;
const LONGEST_SECTION = 3_000;
const LONGEST_FIELD = 2_000;
const MOST_FIELDS = 10;
const LONGEST_HEADER = 150;
const MOST_CONTEXT_ELEMENTS = 10;
const MOST_ACTIONS = 25;
const LONGEST_BUTTON = 75;
const LONGEST_URL = 3_000;

/** What Slack would refuse about the blocks, one sentence each; nothing when it would take them. */
export function problemsOf(blocks: unknown): readonly string[] {
  if (blocks === undefined) return [];
  if (!Array.isArray(blocks)) return ['blocks is not a list'];
  const tooMany = blocks.length > MOST_BLOCKS ? [`${blocks.length} blocks, ${MOST_BLOCKS} allowed`] : [];
  return [...tooMany, ...blocks.flatMap((block, index) => blockProblems(block).map((it) => `blocks[${index}]: ${it}`))];
}

function blockProblems(block: unknown): readonly string[] {
  if (!isObject(block)) return ['is not an object'];
  switch (block['type']) {
    case 'header':
      return lengthProblems('header', block['text'], LONGEST_HEADER);
    case 'section':
      return sectionProblems(block);
    case 'context':
      return countProblems('elements', block['elements'], MOST_CONTEXT_ELEMENTS);
    case 'actions':
      return [
        ...countProblems('elements', block['elements'], MOST_ACTIONS),
        ...listOf(block['elements']).flatMap(buttonProblems),
      ];
    case 'rich_text':
      return countProblems('elements', block['elements'], Number.POSITIVE_INFINITY);
    case 'divider':
    case 'image':
    case 'markdown':
    case 'table':
      return [];
    default:
      return [`unknown block type ${JSON.stringify(block['type'])}`];
  }
}

function sectionProblems(block: Fields): readonly string[] {
  const { text, fields } = block;
  if (text === undefined && fields === undefined) return ['a section needs text or fields'];
  return [
    ...(text === undefined ? [] : lengthProblems('text', text, LONGEST_SECTION)),
    ...(fields === undefined ? [] : countProblems('fields', fields, MOST_FIELDS)),
    ...listOf(fields).flatMap((field) => lengthProblems('field', field, LONGEST_FIELD)),
  ];
}

function buttonProblems(element: Fields): readonly string[] {
  const { url } = element;
  return [
    ...(element['type'] === 'button' ? lengthProblems('button', element['text'], LONGEST_BUTTON) : []),
    ...(typeof url === 'string' && url.length > LONGEST_URL ? [`url of ${url.length} characters`] : []),
  ];
}

function lengthProblems(name: string, object: unknown, longest: number): readonly string[] {
  const text = isObject(object) ? object['text'] : undefined;
  if (typeof text !== 'string' || text.length === 0) return [`${name} has no text`];
  return text.length > longest ? [`${name} of ${text.length} characters, ${longest} allowed`] : [];
}

function countProblems(name: string, list: unknown, most: number): readonly string[] {
  if (!Array.isArray(list) || list.length === 0) return [`${name} is empty`];
  return list.length > most ? [`${list.length} ${name}, ${most} allowed`] : [];
}

const listOf = (list: unknown): readonly Fields[] => (Array.isArray(list) ? list.filter(isObject) : []);
