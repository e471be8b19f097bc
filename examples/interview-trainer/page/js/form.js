// Forms: labelled fields, checks on submit, errors beside the field and announced, nothing lost on failure.
import { h } from './dom.js';

/** A field; check(value) gives a message when it is wrong. The test id of the input is its name. */
export function field({ name, label, hint, type = 'text', ...attributes }, check = () => null) {
  const problem = h('p', { class: 'field-error', id: `${name}-error`, 'data-testid': `${name}-error` });
  const input = h('input', {
    id: name,
    name,
    type,
    'data-testid': name,
    'aria-describedby': `${hint ? `${name}-hint ` : ''}${name}-error`,
    ...attributes,
  });
  const validate = () => {
    const message = check(input.value) || '';
    problem.textContent = message;
    input.setAttribute('aria-invalid', String(Boolean(message)));
    return !message;
  };
  // Once something is marked wrong it should turn right while typing, but not be marked while still being typed.
  input.addEventListener('input', () => input.getAttribute('aria-invalid') === 'true' && validate());
  const text = h('label', { for: name }, label);
  const node =
    type === 'checkbox'
      ? h('div', { class: 'field field-check' }, input, text, problem)
      : h('div', { class: 'field' }, text, input, hint && h('p', { class: 'hint', id: `${name}-hint` }, hint), problem);
  return { name, node, input, validate, value: () => (type === 'checkbox' ? input.checked : input.value) };
}

export function form(testid, action, fields, submit) {
  const problem = h('p', { class: 'form-error', role: 'alert', 'data-testid': 'form-error' });
  const button = h('button', { class: 'button', type: 'submit', 'data-testid': 'submit' }, action);
  const onsubmit = async (event) => {
    event.preventDefault();
    problem.textContent = '';
    const wrong = fields.filter((candidate) => !candidate.validate());
    if (wrong.length > 0) {
      wrong[0].input.focus();
      return;
    }
    button.disabled = true;
    try {
      await submit(Object.fromEntries(fields.map((each) => [each.name, each.value()])));
    } catch (failure) {
      problem.textContent = failure.message;
    }
    button.disabled = false;
  };
  return h(
    'form',
    { class: 'form', novalidate: true, 'data-testid': testid, onsubmit },
    fields.map(({ node }) => node),
    problem,
    button,
  );
}
