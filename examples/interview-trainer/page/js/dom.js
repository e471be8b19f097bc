// Building elements. Children that are not nodes become text nodes, so data can never turn into markup.
const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element: h('a', { href: '#/', onclick: f }, 'text', child). Props that are null or false are left out. */
export const h = (tag, props, ...children) => build(document.createElement(tag), props, children);

/** The same for SVG. */
export const s = (tag, props, ...children) => build(document.createElementNS(SVG, tag), props, children);

function build(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const $ = (selector) => document.querySelector(selector);

/** "1 card", "3 cards". */
export const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

let fading;
/** A short message that screen readers speak as well. */
export function toast(text) {
  const box = $('#toast');
  clearTimeout(fading);
  box.textContent = text;
  box.classList.add('shown');
  fading = setTimeout(() => box.classList.remove('shown'), 4200);
}

const ICONS = {
  bookmark: 'M6.5 3.5h11v17l-5.5-4.2-5.5 4.2z',
  left: 'M14.5 5l-7 7 7 7',
  right: 'M9.5 5l7 7-7 7',
};

export const icon = (name) =>
  s('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: `icon icon-${name}` }, s('path', { d: ICONS[name] }));
