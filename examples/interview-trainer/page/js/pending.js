// Grades given before signing in (or after a session ended): kept in this tab, saved as soon as somebody signs in.
import { review } from './api/study.js';

const KEY = 'pending-grades';

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
};

const write = (grades) => {
  try {
    if (grades.length > 0) sessionStorage.setItem(KEY, JSON.stringify(grades));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without storage they are simply not kept.
  }
};

export const pendingCount = () => read().length;

export const keepForLater = (id, grade) => write([...read(), { id, grade }]);

const LATER = ['offline', 'server', 'limited', 'expired'];

/** Saves them in their order and returns how many. What fails for now stays for the next time; what never can is dropped. */
export async function savePending() {
  let rest = read();
  let saved = 0;
  while (rest.length > 0) {
    try {
      await review(rest[0].id, rest[0].grade);
      saved++;
    } catch (failure) {
      if (LATER.includes(failure.kind)) throw failure;
    }
    rest = rest.slice(1);
    write(rest);
  }
  return saved;
}
