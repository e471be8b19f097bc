// The part of Markdown the answers use, as DOM nodes: paragraphs, "-" and "1." lists (nested by indentation),
// ### headings, > quotes, ``` fences, pipe tables; **bold**, *italics*, `code`. Anything else stays plain text.
import { h } from './dom.js';

const ITEM = /^(\s*)(?:([-*])|(\d+)[.)])\s+(.*)$/;
const FENCE = /^\s*```\s*([\w+#-]*)\s*$/;
const HEADING = /^#{1,6}\s+(.*?)\s*#*$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

export function markdown(text) {
  const nodes = document.createDocumentFragment();
  nodes.append(
    ...blocks(
      String(text ?? '')
        .replace(/\r\n?/g, '\n')
        .split('\n'),
    ),
  );
  return nodes;
}

function blocks(lines) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    const fence = FENCE.exec(line);
    if (line.trim() === '') at++;
    else if (fence) at = codeBlock(lines, at, fence[1], nodes);
    else if (HEADING.test(line)) {
      nodes.push(h('h3', null, inline(HEADING.exec(line)[1])));
      at++;
    } else if (ITEM.test(line)) at = list(lines, at, nodes);
    else if (isTable(lines, at)) at = table(lines, at, nodes);
    else if (/^\s*>/.test(line)) at = quote(lines, at, nodes);
    else at = paragraph(lines, at, nodes);
  }
  return nodes;
}

function codeBlock(lines, start, language, nodes) {
  let end = start + 1;
  while (end < lines.length && !FENCE.test(lines[end])) end++;
  const code = lines.slice(start + 1, end).join('\n');
  // Focusable, because a long line scrolls and a keyboard must be able to scroll it.
  nodes.push(h('pre', { tabindex: 0, 'data-language': language || null }, h('code', null, code)));
  return end + 1;
}

function list(lines, start, nodes) {
  const [, indent, bullet, number] = ITEM.exec(lines[start]);
  const items = [];
  let at = start;
  while (at < lines.length) {
    const item = ITEM.exec(lines[at]);
    const depth = lines[at].length - lines[at].trimStart().length;
    if (item && depth === indent.length) {
      if (Boolean(item[2]) !== Boolean(bullet)) break;
      items.push([item[4]]);
    } else if (depth > indent.length && lines[at].trim() !== '') {
      items.at(-1).push(lines[at]);
    } else if (lines[at].trim() === '' && belongsToList(lines[at + 1], indent.length)) {
      items.at(-1).push('');
    } else break;
    at++;
  }
  const props = number && number !== '1' ? { start: number } : null;
  nodes.push(
    h(
      bullet ? 'ul' : 'ol',
      props,
      items.map((item) => h('li', null, itemContent(item))),
    ),
  );
  return at;
}

const belongsToList = (line, depth) =>
  line !== undefined &&
  line.trim() !== '' &&
  (ITEM.test(line) ? line.length - line.trimStart().length >= depth : /^\s/.test(line) && line.search(/\S/) > depth);

function itemContent([first, ...rest]) {
  const depth = Math.min(...rest.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)), 80);
  const content = blocks([first, ...rest.map((line) => line.slice(depth))]);
  // A tight item reads better without a paragraph around its text.
  return content[0]?.localName === 'p' ? [...content[0].childNodes, ...content.slice(1)] : content;
}

const isTable = (lines, at) =>
  lines[at].includes('|') && TABLE_RULE.test(lines[at + 1] ?? '') && lines[at + 1].includes('-');

function table(lines, start, nodes) {
  let end = start + 2;
  while (end < lines.length && lines[end].includes('|')) end++;
  const row = (line, cell) =>
    h(
      'tr',
      null,
      cells(line).map((text) => h(cell, cell === 'th' ? { scope: 'col' } : null, inline(text))),
    );
  nodes.push(
    h(
      'div',
      { class: 'table-scroll', tabindex: 0 },
      h(
        'table',
        null,
        h('thead', null, row(lines[start], 'th')),
        h(
          'tbody',
          null,
          lines.slice(start + 2, end).map((line) => row(line, 'td')),
        ),
      ),
    ),
  );
  return end;
}

/** Splits at pipes, but not at \| nor inside `code`. */
function cells(line) {
  const parts = [''];
  let code = false;
  for (const piece of line
    .trim()
    .replace(/^\||\|$/g, '')
    .match(/\\\||[^]/g) ?? []) {
    if (piece === '`') code = !code;
    if (piece === '|' && !code) parts.push('');
    else parts[parts.length - 1] += piece === '\\|' ? '|' : piece;
  }
  return parts.map((part) => part.trim());
}

function quote(lines, start, nodes) {
  let end = start;
  while (end < lines.length && /^\s*>/.test(lines[end])) end++;
  nodes.push(h('blockquote', null, blocks(lines.slice(start, end).map((line) => line.replace(/^\s*>\s?/, '')))));
  return end;
}

function paragraph(lines, start, nodes) {
  let end = start + 1;
  while (
    end < lines.length &&
    lines[end].trim() !== '' &&
    !FENCE.test(lines[end]) &&
    !HEADING.test(lines[end]) &&
    !ITEM.test(lines[end]) &&
    !/^\s*>/.test(lines[end]) &&
    !isTable(lines, end)
  )
    end++;
  nodes.push(
    h(
      'p',
      null,
      inline(
        lines
          .slice(start, end)
          .map((line) => line.trim())
          .join(' '),
      ),
    ),
  );
  return end;
}

const INLINE =
  /(`+)(.+?)\1|\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<![\w*])[*_](?=[^\s*_])(.+?)(?<=[^\s*_])[*_](?![\w*])|\\([\\`*_|#])/;

/** Inline marks; what is inside bold or italics may itself be marked, what is inside code may not. */
export function inline(text) {
  const nodes = [];
  let rest = text;
  for (let hit = INLINE.exec(rest); hit; hit = INLINE.exec(rest)) {
    if (hit.index > 0) nodes.push(rest.slice(0, hit.index));
    const [all, , code, bold, italics, escaped] = hit;
    if (code !== undefined) nodes.push(h('code', null, code));
    else if (bold !== undefined) nodes.push(h('strong', null, inline(bold)));
    else if (italics !== undefined) nodes.push(h('em', null, inline(italics)));
    else nodes.push(escaped);
    rest = rest.slice(hit.index + all.length);
  }
  return rest ? [...nodes, rest] : nodes;
}
