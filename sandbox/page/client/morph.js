// Makes one tree like another by changing as little as possible: what did not change keeps its focus, its scroll position,
// what is typed into it and whether it is unfolded.

/** `target` becomes like `wanted`, whose nodes may be moved into it. */
export function morphChildren(target, wanted) {
  const keyed = new Map([...target.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let place = target.firstChild;
  // Both lists change while they are gone through.
  for (const next of Array.from(wanted.childNodes)) {
    const match = matchOf(next, place, keyed);
    if (match === undefined) {
      target.insertBefore(next, place);
      continue;
    }
    if (match === place) place = place.nextSibling;
    else target.insertBefore(match, place);
    keyed.delete(keyOf(match));
    morph(match, next);
  }
  while (place !== null) {
    const rest = place.nextSibling;
    place.remove();
    place = rest;
  }
}

const keyOf = (node) => node.dataset?.key || node.id || undefined;

/** The node that was the same thing before: of the same key, or in the same place and of the same kind. */
function matchOf(next, place, keyed) {
  const key = keyOf(next);
  if (key !== undefined) {
    const known = keyed.get(key);
    return known?.nodeName === next.nodeName ? known : undefined;
  }
  return place !== null && place.nodeName === next.nodeName && keyOf(place) === undefined ? place : undefined;
}

function morph(node, next) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.nodeValue !== next.nodeValue) node.nodeValue = next.nodeValue;
    return;
  }
  if (node.isEqualNode(next)) return;
  morphAttributes(node, next);
  // A list that somebody has open, or a field that somebody fills in, is theirs.
  if (node.matches('select, textarea') && node === document.activeElement) return;
  morphChildren(node, next);
}

/** What a person changes by using it is theirs. */
const isTheirs = (node, name) =>
  (name === 'open' && node.nodeName === 'DETAILS') || (node.nodeName === 'DIALOG' && name === 'open');

function morphAttributes(node, next) {
  for (const { name } of Array.from(node.attributes)) {
    if (!next.hasAttribute(name) && !isTheirs(node, name)) node.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (node.getAttribute(name) !== value && !isTheirs(node, name)) node.setAttribute(name, value);
  }
}
