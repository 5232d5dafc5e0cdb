// The way to the REST interface.

const ANSWER_WITHIN_MS = 20_000;

/** Says that a page asks: the browser must not open a window of its own for a password. */
const FROM_PAGE = { 'X-Requested-With': 'fetch' };

/** Shows that what is changed is changed by a page of this session; there is none where nobody has to log in. */
let token = document.querySelector('meta[name=csrf-token]')?.content ?? null;

let loggedOut = () => {};

/** The interface answered and refused; `problem` is its RFC 9457 body. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? 'refused');
    this.status = status;
    this.problem = problem;
    this.code = problem.code;
  }
}

/** No answer, or none that this interface would give: whether a request was carried out is not known. */
export class NoAnswer extends Error {}

async function ask(path, options, signal) {
  const timeout = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const controller = new AbortController();
  for (const stop of [timeout, signal]) {
    stop?.addEventListener('abort', () => controller.abort(), { once: true });
  }
  if (signal?.aborted) {
    controller.abort();
  }
  let status;
  let body;
  try {
    const response = await fetch(path, { ...options, signal: controller.signal, cache: 'no-store' });
    status = response.status;
    body = await response.json();
  } catch (failure) {
    throw new NoAnswer(String(failure));
  }
  if (status >= 200 && status < 300) {
    return body;
  }
  if (typeof body?.code !== 'string') {
    throw new NoAnswer(`status ${status} from something else`);
  }
  if (body.code === 'not-logged-in') {
    loggedOut();
  }
  throw new Refused(status, body);
}

/** The JSON at `path`. Throws Refused or NoAnswer. */
export function get(path, signal) {
  return ask(path, { headers: { Accept: 'application/json', ...FROM_PAGE } }, signal);
}

/** From now on this page gives way to the login page when nobody is logged in any more. */
export function goToLoginWhenLoggedOut() {
  loggedOut = () => location.assign(`/login?back=${encodeURIComponent(location.pathname)}`);
}

/** Sends `body` as JSON. Throws Refused or NoAnswer. */
export async function post(path, body) {
  try {
    return await send(path, body);
  } catch (failure) {
    if (failure.code !== 'csrf-token-missing') {
      throw failure;
    }
    // Somebody has logged in anew in another window since this page was opened. Nothing was done.
    renew((await get('/api/session')).csrfToken);
    return send(path, body);
  }
}

/** The form that logs out carries the token too. */
function renew(newToken) {
  token = newToken;
  document.querySelectorAll('input[name=_csrf]').forEach(field => {
    field.value = newToken;
  });
}

function send(path, body) {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json', ...FROM_PAGE };
  if (token) {
    headers['X-XSRF-TOKEN'] = token;
  }
  return ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
}
