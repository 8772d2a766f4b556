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
const LONGEST_VALUE = 2_000;
const LONGEST_URL = 3_000;
/** https://docs.slack.dev/surfaces/modals and https://docs.slack.dev/surfaces/app-home */
const MOST_VIEW_BLOCKS = 100;
const LONGEST_TITLE = 24;
const LONGEST_METADATA = 3_000;
/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const MOST_OPTIONS = 100;
const LONGEST_OPTION = 75;
const LONGEST_OPTION_VALUE = 150;

/** What Slack would refuse about the blocks, one sentence each; nothing when it would take them. */
export const problemsOf = (blocks: unknown): readonly string[] =>
  blocks === undefined ? [] : listProblems(blocks, MOST_BLOCKS);

/** The same about a modal or a home tab. */
export function viewProblems(view: unknown, type: 'modal' | 'home'): readonly string[] {
  if (!isObject(view) || view['type'] !== type) return [`the view is no ${type}`];
  const { blocks, title, submit, close, private_metadata: metadata = '' } = view;
  const inputs = listOf(blocks).filter((block) => block['type'] === 'input');
  return [
    ...listProblems(blocks, MOST_VIEW_BLOCKS),
    ...(type === 'modal' ? lengthProblems('title', title, LONGEST_TITLE) : []),
    ...(submit === undefined ? [] : lengthProblems('submit', submit, LONGEST_TITLE)),
    ...(close === undefined ? [] : lengthProblems('close', close, LONGEST_TITLE)),
    ...(type === 'modal' && inputs.length > 0 && submit === undefined ? ['inputs need a submit'] : []),
    ...(typeof metadata === 'string' && metadata.length <= LONGEST_METADATA ? [] : ['private_metadata is too long']),
  ];
}

function listProblems(blocks: unknown, most: number): readonly string[] {
  if (!Array.isArray(blocks)) return ['blocks is not a list'];
  const tooMany = blocks.length > most ? [`${blocks.length} blocks, ${most} allowed`] : [];
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
        ...listOf(block['elements']).flatMap(elementProblems),
      ];
    case 'input':
      return [
        ...lengthProblems('label', block['label'], LONGEST_FIELD),
        ...(isObject(block['element']) ? elementProblems(block['element']) : ['has no element']),
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

function elementProblems(element: Fields): readonly string[] {
  const { url, value, options } = element;
  return [
    ...(element['type'] === 'button' ? lengthProblems('button', element['text'], LONGEST_BUTTON) : []),
    ...(typeof url === 'string' && url.length > LONGEST_URL ? [`url of ${url.length} characters`] : []),
    ...(typeof value === 'string' && value.length > LONGEST_VALUE ? [`value of ${value.length} characters`] : []),
    ...(options === undefined ? [] : countProblems('options', options, MOST_OPTIONS)),
    ...listOf(options).flatMap(optionProblems),
  ];
}

function optionProblems({ text, value, description }: Fields): readonly string[] {
  const isShort = typeof value === 'string' && value.length <= LONGEST_OPTION_VALUE;
  return [
    ...lengthProblems('option', text, LONGEST_OPTION),
    ...(description === undefined ? [] : lengthProblems('description', description, LONGEST_OPTION)),
    ...(isShort ? [] : ['an option has no value of at most 150 characters']),
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
