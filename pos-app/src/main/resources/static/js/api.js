// The way to the REST interface.

const ANSWER_WITHIN_MS = 20_000;

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
  throw new Refused(status, body);
}

/** The JSON at `path`. Throws Refused or NoAnswer. */
export function get(path, signal) {
  return ask(path, { headers: { Accept: 'application/json' } }, signal);
}

/** Sends `body` as JSON. Throws Refused or NoAnswer. */
export function post(path, body) {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  return ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
}
